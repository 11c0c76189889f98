// SPDX-License-Identifier: Apache-2.0
#include "host/learn_secrets.hpp"

namespace hpcdoc {

void learn_secrets(const Host& host, Redactor& redactor)
{
    for (const std::string& name : host.env_names()) {
        if (Redactor::secret_name(name)) {
            redactor.know(host.env(name).value_or(""));
        }
    }
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <hpcdoc/redact_file.hpp>

#include "app/stdio.hpp"

namespace hpcdoc {

namespace {

class StandardOutput final : public Sink {
public:
    bool write(std::string_view bytes) override { return app::write_all(STDOUT_FILENO, bytes).has_value(); }
};

} // namespace

Sink& standard_output()
{
    static StandardOutput k_output;
    return k_output;
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "app/version.hpp"

namespace hpcdoc::app {

std::string_view version()
{
    return HPCDOC_VERSION;
}

std::string version_line()
{
    return "hpcdoc " HPCDOC_VERSION " (build " HPCDOC_BUILD ")\n";
}

} // namespace hpcdoc::app

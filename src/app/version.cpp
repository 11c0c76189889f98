// SPDX-License-Identifier: Apache-2.0
#include "app/version.hpp"

namespace hpcdoc::app {

std::string_view version()
{
    return HPCDOC_VERSION;
}

std::string_view version_line()
{
    return "hpcdoc " HPCDOC_VERSION " (build " HPCDOC_BUILD ")\n";
}

std::string_view build_date()
{
    return HPCDOC_DATE;
}

} // namespace hpcdoc::app

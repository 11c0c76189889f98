// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/command.hpp>

#include "app/app.hpp"

int main(int argc, char** argv)
{
    return hpcdoc::app::run_main(hpcdoc::commands, argc, argv);
}

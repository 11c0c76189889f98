// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <hpcdoc/redact_file.hpp>

#include "app/standard_output.hpp"
#include "app/stdio.hpp"

namespace hpcdoc {

namespace {

class StandardOutput final : public Sink {
public:
    bool write(std::string_view bytes) override
    {
        used = true;
        return app::write_all(STDOUT_FILENO, bytes).has_value();
    }
    bool used = false;
};

StandardOutput& the_output()
{
    static StandardOutput k_output;
    return k_output;
}

} // namespace

namespace app {

bool output_was_given()
{
    return the_output().used;
}

} // namespace app

Sink& standard_output()
{
    return the_output();
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <hpcdoc/runner.hpp>

namespace command_line_test {

using namespace hpcdoc;
using Words = std::vector<std::string>;

TEST_CASE("a command line reads as a person would type it")
{
    CHECK(command_line(Words{"sacct", "-j", "4242", "--format=JobID,State"}) == "sacct -j 4242 --format=JobID,State");
    CHECK(command_line(Words{"echo", "a b", "it's", ""}) == "echo 'a b' 'it'\\''s' ''");
    CHECK(command_line(Words{"A=b", "C=d"}) == "'A=b' C=d");
    CHECK(command_line(Words{}) == "");
}

TEST_CASE("every way to end has a name that leads back to it")
{
    using How = Completion::How;
    for (const How how : {How::exited, How::signalled, How::timed_out, How::abandoned, How::not_found, How::not_started,
                          How::not_recorded}) {
        CHECK(how_from(to_string(how)) == how);
    }
    CHECK_FALSE(how_from("fine"));
}

} // namespace command_line_test

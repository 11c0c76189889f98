// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <hpcdoc/result.hpp>

namespace result_test {

using namespace hpcdoc;

namespace {

Result<int> inner(bool good)
{
    return good ? Result<int>(7) : failure(Code::denied, "cannot read '/x': permission denied", "ask its owner");
}

Result<int> outer(bool good)
{
    HPCDOC_TRY(inner(good));
    HPCDOC_TRY_ASSIGN(const int value, inner(good));
    return value + 1;
}

} // namespace

TEST_CASE("an error says what was being done when it passed by, innermost first")
{
    Error error{Code::io, "cannot read '/x': I/O error", "", {}};
    CHECK(describe(error) == "cannot read '/x': I/O error");
    error = std::move(error).in("reading the log").in("explaining job 1");
    CHECK(describe(error) == "cannot read '/x': I/O error (while reading the log, while explaining job 1)");
}

TEST_CASE("the macros hand an error on and a value through")
{
    CHECK(outer(true) == 8);
    REQUIRE_FALSE(outer(false));
    CHECK(outer(false).error().code == Code::denied);
    CHECK(outer(false).error().hint == "ask its owner");
}

TEST_CASE("every code has its own name")
{
    CHECK(to_string(Code::timed_out) == "timed-out");
    CHECK(to_string(Code::not_recorded) == "not-recorded");
    CHECK(to_string(Code::internal) == "internal");
}

} // namespace result_test

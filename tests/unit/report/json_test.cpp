// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <hpcdoc/report.hpp>
#include <nlohmann/json.hpp>

#include "golden.hpp"
#include "samples.hpp"
#include "util/strings.hpp"

namespace json_test {

using namespace hpcdoc;

namespace {

std::string json_of(const Report& report)
{
    return render(report, Format::json, {});
}

} // namespace

// The golden files are checked against share/hpcdoc/schema/report.json by tests/lint/validate_schema.py.
TEST_CASE("json: golden files")
{
    golden::check("error.json", golden::steady(json_of(samples::out_of_memory())));
    golden::check("several.json", golden::steady(json_of(samples::several())));
    golden::check("list.json", golden::steady(json_of(samples::list())));
    golden::check("empty.json", golden::steady(json_of(Report{})));
    golden::check("hostile.json", golden::steady(json_of(samples::hostile())));
}

TEST_CASE("json: says who made it and what the verdict is")
{
    const auto json = nlohmann::json::parse(json_of(samples::out_of_memory()));
    CHECK(json.at("schema") == "hpcdoc.report/1");
    CHECK(json.at("command") == "job explain");
    CHECK(json.at("generated") == "2026-11-25T13:03:00Z");
    CHECK(json.at("complete") == true);
    CHECK(json.at("verdict") == nlohmann::json{{"id", "job.out-of-memory"},
                                               {"severity", "error"},
                                               {"certainty", "certain"},
                                               {"title", "Job 4242 ran out of memory: limit 4 GiB"},
                                               {"labels", {"oom-host"}}});
    CHECK(json.at("findings").size() == 4);
}

TEST_CASE("json: nothing is left out when there is nothing")
{
    const auto json = nlohmann::json::parse(json_of(samples::unreachable()));
    CHECK(json.at("verdict").is_null());
    CHECK(json.at("complete") == false);
    CHECK(json.at("findings") == nlohmann::json::array());
    CHECK(json.at("checks").at(1).at("subject") == "");
}

TEST_CASE("json: a part without a command or a time has those of the whole")
{
    Report whole = samples::of_job("1 2", ""), part;
    part.subject = "1";
    whole.add(std::move(part));
    const auto json = nlohmann::json::parse(json_of(whole));
    CHECK(json.at("reports").at(0).at("command") == "job explain");
    CHECK(json.at("reports").at(0).at("generated") == "2026-11-25T13:03:00Z");
    CHECK_FALSE(json.at("reports").at(0).contains("schema"));
}

TEST_CASE("json: is UTF-8 and harmless on a terminal, and loses no good character")
{
    Report report;
    report.headline = "caf\xc3\xa9 \xff \x1b[31m \xc2\x9b \xe2\x80\xae \xf3\xa0\x81\x81 \xf0\x9f\x98\x80 \x7f";
    const std::string text = json_of(report);
    CHECK(util::valid_utf8(text));
    CHECK(util::contains(
        text, "caf\xc3\xa9 \xef\xbf\xbd \\u001b[31m \\u009b \\u202e \\udb40\\udc41 \xf0\x9f\x98\x80 \\u007f"));
    CHECK(nlohmann::json::parse(text).at("headline") ==
          "caf\xc3\xa9 \xef\xbf\xbd \x1b[31m \xc2\x9b \xe2\x80\xae \xf3\xa0\x81\x81 \xf0\x9f\x98\x80 \x7f");
}

} // namespace json_test

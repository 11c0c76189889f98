// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <map>

#include "app/pager.hpp"
#include "app/run_command.hpp"
#include "app/screen.hpp"

namespace screen_test {

using namespace hpcdoc;
using namespace hpcdoc::app;
using Words = std::vector<std::string>;

namespace {

OwnEnvironment variables(std::map<std::string, std::string, std::less<>> values)
{
    return [values = std::move(values)](std::string_view name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

Screen terminal()
{
    Screen screen;
    screen.out_is_terminal = screen.err_is_terminal = screen.in_is_terminal = true;
    return screen;
}

Config with(const std::string& setting)
{
    ConfigSources sources;
    sources.overrides = {setting};
    const auto config = Config::load(sources);
    REQUIRE(config);
    return *config;
}

Config from_variable(const std::string& value)
{
    ConfigSources sources;
    sources.environment = {{"HPCDOC_OUTPUT_COLOR", value}};
    const auto config = Config::load(sources);
    REQUIRE(config);
    return *config;
}

} // namespace

TEST_CASE("colour is for terminals, unless someone says otherwise")
{
    const Config config = Config::builtin();
    const Screen none;
    Screen dumb = terminal();
    dumb.dumb = true;
    CHECK(wants_color(terminal(), variables({}), {}, config));
    CHECK_FALSE(wants_color(none, variables({}), {}, config));
    CHECK_FALSE(wants_color(dumb, variables({}), {}, config));
    CHECK_FALSE(wants_color(terminal(), variables({{"NO_COLOR", "1"}}), {}, config));
    CHECK(wants_color(terminal(), variables({{"NO_COLOR", ""}}), {}, config));
    CHECK(wants_color(none, variables({{"CLICOLOR_FORCE", "1"}}), {}, config));
    CHECK_FALSE(wants_color(none, variables({{"CLICOLOR_FORCE", "0"}}), {}, config));
    CHECK_FALSE(wants_color(none, variables({{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}), {}, config));
}

TEST_CASE("the command line wins over variables, those over settings")
{
    GlobalOptions always;
    always.color = Color::always;
    CHECK(wants_color(Screen{}, variables({{"NO_COLOR", "1"}}), always, Config::builtin()));
    CHECK(wants_color(Screen{}, variables({{"NO_COLOR", "1"}}), {}, with("output.color=always")));
    CHECK_FALSE(wants_color(terminal(), variables({{"NO_COLOR", "1"}}), {}, from_variable("always")));
    CHECK_FALSE(wants_color(terminal(), variables({}), {}, from_variable("never")));
}

TEST_CASE("the locale decides about UTF-8 in the order of locale(7)")
{
    CHECK(utf8_locale(variables({{"LANG", "en_US.UTF-8"}})));
    CHECK(utf8_locale(variables({{"LC_ALL", "C.utf8"}, {"LANG", "C"}})));
    CHECK_FALSE(utf8_locale(variables({{"LC_ALL", "C"}, {"LANG", "en_US.UTF-8"}})));
    CHECK(utf8_locale(variables({{"LC_ALL", ""}, {"LC_CTYPE", "de_DE.UTF-8"}})));
    CHECK_FALSE(utf8_locale(variables({})));
}

TEST_CASE("the width is kept within what text can bear")
{
    Screen screen = terminal();
    screen.columns = 7;
    CHECK(style_for(screen, variables({}), {}, Config::builtin()).width == 40);
    screen.columns = 9999;
    CHECK(style_for(screen, variables({}), {}, Config::builtin()).width == 200);
    CHECK(style_for(screen, variables({}), {}, with("output.width=100")).width == 100);
}

TEST_CASE("the pager is the setting's, else PAGER's, else less; cat is none")
{
    CHECK(pager_words("most -x", variables({{"PAGER", "more"}})) == Words{"most", "-x"});
    CHECK(pager_words("", variables({{"PAGER", "more"}})) == Words{"more"});
    CHECK(pager_words("", variables({})) == Words{"less"});
    CHECK(pager_words("", variables({{"PAGER", "cat"}})).empty());
}

TEST_CASE("only long text on a terminal goes through the pager")
{
    Screen screen = terminal();
    screen.rows = 3;
    CHECK(worth_a_pager("1\n2\n3\n", screen));
    CHECK_FALSE(worth_a_pager("1\n2\n", screen));
    CHECK_FALSE(worth_a_pager("1\n2\n3\n", Screen{}));
}

TEST_CASE("escalations get the site's contact, and keep one they have")
{
    Finding finding;
    finding.id = "x.y";
    finding.escalate = Escalation{"support", "", "why", {}, ""};
    Report report;
    report.add(finding);
    finding.id = "x.z";
    finding.escalate->contact = "bob@example.org";
    report.add(finding);
    finding.id = "x.unknown";
    finding.escalate = Escalation{"nobody-known", "", "why", {}, ""};
    Report child;
    child.add(finding);
    report.add(child);
    fill_contacts(report, with("contacts.support=help@example.org"));
    REQUIRE(report.findings().size() == 2);
    for (const Finding& found : report.findings()) {
        CHECK(found.escalate->contact == (found.id == "x.y" ? "help@example.org" : "bob@example.org"));
    }
    CHECK(report.reports()[0].findings()[0].escalate->contact.empty());
}

} // namespace screen_test

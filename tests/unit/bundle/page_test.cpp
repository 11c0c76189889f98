// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "markup.hpp"
#include "worlds.hpp"

namespace page_test {

using namespace hpcdoc;
using namespace hpcdoc::bundle;
using test::Markup;

namespace {

std::size_t count(std::string_view text, std::string_view what)
{
    return util::split(text, what).size() - 1;
}

bool holds(std::string_view text, std::string_view what)
{
    return util::contains(text, what);
}

// What any page must be, whatever is in the bundle.
void check_page(const std::string& html)
{
    CHECK(html.starts_with("<!doctype html>\n"));
    CHECK(html.ends_with("</html>\n"));
    CHECK(util::valid_utf8(html));
    CHECK(util::printable(html, true) == html);
    const Markup markup(html);
    CHECK(markup.balanced);
    for (const char* banned :
         {"script", "/script", "img", "iframe", "object", "link", "form", "embed", "base", "a:href"}) {
        CAPTURE(banned);
        CHECK_FALSE(markup.elements.contains(banned));
    }
    for (const std::string& name : markup.attributes) {
        CAPTURE(name);
        CHECK_FALSE(name.starts_with("on"));
        CHECK((name != "src" && name != "srcset" && name != "style" && name != "action"));
    }
    CHECK(holds(html, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    CHECK(std::set<std::string>(markup.ids.begin(), markup.ids.end()).size() == markup.ids.size());
    for (const std::string& link : markup.links) {
        CAPTURE(link);
        const bool inside = link.starts_with('#') &&
                            std::find(markup.ids.begin(), markup.ids.end(), link.substr(1)) != markup.ids.end();
        CHECK((inside || link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:")));
    }
}

void check_headings(const std::string& html)
{
    const std::vector<unsigned> levels = Markup(html).headings;
    REQUIRE(!levels.empty());
    CHECK(levels.front() == 1);
    CHECK(std::count(levels.begin(), levels.end(), 1u) == 1);
    for (std::size_t i = 1; i < levels.size(); ++i) {
        CAPTURE(i);
        CHECK(levels[i] <= levels[i - 1] + 1);
    }
}

} // namespace

TEST_CASE("page: one file that loads nothing, with every section")
{
    const std::string html = page_of(worlds::ordinary().content());
    check_page(html);
    check_headings(html);
    for (const char* id :
         {"cause", "ticket", "diagnoses", "jobs", "usage", "mounts", "lost", "timeline", "members", "redactions"}) {
        CAPTURE(id);
        CHECK(count(html, "id=\"" + std::string(id) + "\"") == 1);
    }
}

TEST_CASE("page: the likely cause is the worst verdict and stands before everything else")
{
    const std::string html = page_of(worlds::ordinary().content());
    const std::size_t cause = html.find("Likely cause</p>");
    CHECK(cause < html.find("id=\"ticket\""));
    const std::string card = html.substr(cause, html.find("</section>", cause) - cause);
    CHECK(holds(card, "<h2>Ran out of memory: 4204.0 hit the limit of 100 MiB a node</h2>"));
    CHECK(holds(card, "State=OUT_OF_MEMORY"));
    CHECK(holds(card, "<code>#SBATCH --mem=200M</code>"));
    CHECK(holds(card, "job.completed"));
    CHECK(holds(html, "<title>jobs 4204, 4393, 4325: Ran out of memory"));
}

TEST_CASE("page: memory and CPU of each job, from the accounting records")
{
    const std::string html = page_of(worlds::ordinary().content());
    const std::size_t usage = html.find("id=\"usage\"");
    const std::string section = html.substr(usage, html.find("id=\"mounts\"", usage) - usage);
    CHECK(holds(section, "Memory of job 4204"));
    CHECK(holds(section, "step batch on n1"));
    CHECK(holds(section, "11.9 MiB of 100 MiB (12 %)"));
    CHECK(holds(section, "0.0 CPUs of 4.0 CPUs (0 %)"));
    CHECK(count(section, "<svg class=\"chart\" role=\"img\"") == count(section, "<desc id="));
    CHECK(count(section, "The numbers") == count(section, "<svg class=\"chart\""));
    CHECK_FALSE(holds(section, "extern"));
}

TEST_CASE("page: file systems with their room, and those that gave no answer")
{
    const std::string html = page_of(worlds::ordinary().content());
    const std::size_t at = html.find("id=\"mounts\"");
    const std::string section = html.substr(at, html.find("id=\"lost\"", at) - at);
    CHECK(holds(section, "60 GiB of 100 GiB (60 %)"));
    CHECK(holds(section, "lustre (network)"));
    CHECK(holds(section, "no answer within 3 s"));
    CHECK_FALSE(holds(section, ">/proc<"));
    CHECK(holds(section, "Not shown: 1 more"));
}

TEST_CASE("page: every status has a bar, a word and a place in the table")
{
    const worlds::World world = worlds::ordinary();
    const std::string html = page_of(world.content());
    const std::size_t at = html.find("id=\"timeline\"");
    const std::string section = html.substr(at, html.find("id=\"members\"", at) - at);
    CHECK(count(section, "<rect class=\"s-") ==
          world.manifest.items.size() - 1 + worlds::k_statuses.size()); // one never began; a key each
    for (const char* word : {"no answer in time", "hangs and could not be ended", "no permission",
                             "dropped: could not be cleaned of secrets"}) {
        CAPTURE(word);
        CHECK(holds(section, word));
    }
    CHECK(count(section, "<tr>") == world.manifest.items.size() + 1);
    CHECK(holds(section, "aria-labelledby=\"timeline-chart-title timeline-chart-desc\""));
}

TEST_CASE("page: members are text, marked where a secret was, without terminal codes")
{
    const std::string html = page_of(worlds::ordinary().content());
    CHECK(holds(html,
                "token <mark>[REDACTED:github-token#1]</mark> and https://a:<mark>[REDACTED:url-password#1]</mark>@b"));
    CHECK_FALSE(holds(html, "[32m"));
    CHECK(holds(html, "<td class=\"num\">2</td><td>job.4204.stdout</td>"));
}

TEST_CASE("page: of a long member its beginning and end, and how much is left out")
{
    worlds::World world;
    world.manifest = worlds::manifest_of("alice", "n1");
    worlds::put(world, worlds::item("job.log", worlds::Status::ok, {}, {}),
                "first line\n" + std::string(1u << 20, 'x') + "\n" +
                    util::replace_all(std::string(100'000, 'y'), "y", "line\n") + "last line\n");
    const std::string html = page_of(world.content());
    check_page(html);
    CHECK(holds(html, "first line\nxxx"));
    CHECK(holds(html, "line\nlast line</pre>"));
    CHECK(holds(html, "1.4 MiB left out here"));
    CHECK(html.size() < 300'000);
}

TEST_CASE("page: hostile names and texts stay text")
{
    const std::string html = page_of(worlds::hostile().content());
    check_page(html);
    CHECK(holds(html, "&lt;script&gt;alert(4)&lt;/script&gt;"));
    CHECK(holds(html, "\\u202egpj.exe"));
    CHECK(holds(html, "Not text: 7 B"));
    CHECK_FALSE(holds(html, "href=\"javascript"));
}

TEST_CASE("page: an empty bundle says that there is nothing")
{
    const worlds::World world;
    const std::string html = page_of(world.content());
    check_page(html);
    check_headings(html);
    CHECK(holds(html, "No diagnosis ran"));
    CHECK_FALSE(holds(html, "id=\"usage\""));
    CHECK_FALSE(holds(html, "href=\"#members\""));
}

TEST_CASE("page: a thousand items are grouped, and the page stays small")
{
    const worlds::World world = worlds::many(1000);
    const std::string html = page_of(world.content());
    check_page(html);
    CHECK(html.size() < (12u << 20));
    CHECK(count(html, "<section class=\"card topic\"") == 11);
    CHECK(holds(html, "last line of 999</pre>"));
    const std::size_t at = html.find("<svg class=\"chart\"");
    CHECK(count(html.substr(at, html.find("</svg>", at) - at), "class=\"remark\"") == 11);
}

TEST_CASE("page: bytes of any kind are harmless")
{
    std::uint32_t state = 4242; // always the same bytes
    for (int round = 0; round < 20; ++round) {
        worlds::World world = worlds::ordinary();
        for (auto& [name, text] : world.members) {
            for (char& c : text) {
                state = state * 1664525u + 1013904223u;
                c = (state >> 24) % 5 == 0 ? static_cast<char>(state >> 16) : c;
            }
        }
        CAPTURE(round);
        check_page(page_of(world.content()));
    }
}

// For tests/program/page-check, and for whoever wants to see them in a browser.
TEST_CASE("page: written to be looked at")
{
    const char* dir = std::getenv("HPCDOC_PAGES");
    if (dir == nullptr) {
        return;
    }
    const auto write = [&](const std::string& name, const worlds::World& world) {
        std::ofstream(std::filesystem::path(dir) / (name + ".html"), std::ios::binary) << page_of(world.content());
        std::ofstream(std::filesystem::path(dir) / (name + ".txt"), std::ios::binary) << summary_of(world.content());
    };
    write("ordinary", worlds::ordinary());
    write("hostile", worlds::hostile());
    write("empty", {});
    write("many", worlds::many(300));
}

} // namespace page_test

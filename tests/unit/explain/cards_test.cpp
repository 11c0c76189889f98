// SPDX-License-Identifier: Apache-2.0
// The shipped cards, and those of a site.
#include "world.hpp"

#include <csignal>
#include <set>

#include "config/own_files.hpp"
#include "explain/cards.hpp"
#include "explain/sense.hpp"
#include "temp_dir.hpp"

using namespace hpcdoc;
using namespace hpcdoc::explain;
using test::World;

namespace {

const Cards& shipped_cards()
{
    static const Cards cards = [] {
        const std::vector<std::filesystem::path> dirs{test::k_share / "cards"};
        auto loaded = Cards::load(dirs);
        REQUIRE_MESSAGE(loaded, (loaded ? "" : describe(loaded.error())));
        return std::move(*loaded);
    }();
    return cards;
}

std::string load_error(std::string_view text)
{
    const test::TempDir dir;
    dir.write("x.toml", text);
    const std::vector<std::filesystem::path> dirs{test::k_share / "cards", dir.path()};
    const auto loaded = Cards::load(dirs);
    if (loaded) {
        return {};
    }
    CHECK(loaded.error().code == Code::config);
    return loaded.error().message.substr(loaded.error().message.find("x.toml"));
}

} // namespace

TEST_CASE("what is found quickly in a shipped file is what TOML's own reader finds")
{
    const auto names = config::own_files_in(test::k_share / "cards", ".toml");
    REQUIRE(names);
    CHECK(names->size() >= 11);
    for (const std::string& name : *names) {
        INFO(name);
        const std::filesystem::path path = test::k_share / "cards" / name;
        const auto text = config::read_own_file(path);
        REQUIRE(text);
        const auto quick = CardFile::read(path, *text, true);
        const auto whole = CardFile::read(path, *text, false);
        REQUIRE_MESSAGE(whole, (whole ? "" : describe(whole.error())));
        REQUIRE(quick);
        REQUIRE(quick->heads().size() == whole->heads().size());
        for (std::size_t at = 0; at < quick->heads().size(); ++at) {
            const CardHead& a = quick->heads()[at];
            const CardHead& b = whole->heads()[at];
            CHECK((a.name == b.name && a.title == b.title && a.also == b.also && a.first == b.first && a.last == b.last && a.famous == b.famous));
            const auto one = quick->card(at);
            const auto other = whole->card(at);
            REQUIRE_MESSAGE(one, (one ? "" : describe(one.error())));
            CHECK((*one)->rule.labels == (*other)->rule.labels);
            CHECK((*one)->rule.where == (*other)->rule.where);
        }
    }
}

TEST_CASE("every shipped card can be asked for, by its name and by what the list says")
{
    World world;
    const Cards& cards = shipped_cards();
    for (const CardRef ref : cards.all()) {
        const CardHead& head = cards.head(ref);
        if (!cards.kind(ref).listed || head.ranged()) {
            continue;
        }
        INFO(cards.kind(ref).name << " " << head.name);
        const auto by_name = cards.find(cards.kind(ref).name, head.name);
        REQUIRE(by_name);
        CHECK(*by_name == ref);
        const auto card = cards.card(ref);
        REQUIRE(card);
        CHECK_FALSE((*card)->rule.labels.empty());
        Context ctx = world.context();
        const auto knowledge = job::Knowledge::load(ctx);
        REQUIRE(knowledge);
        const auto sense = Senses(cards, *knowledge).card(ref);
        REQUIRE(sense);
        const auto again = Senses(cards, *knowledge).of(sense->ask);
        REQUIRE(again);
        REQUIRE_FALSE(again->empty());
        CHECK(again->front().finding.id == sense->finding.id);
    }
}

TEST_CASE("ids are of the published form and each stands for one card")
{
    std::set<std::string> ids;
    const Cards& cards = shipped_cards();
    const scan::Pattern form("^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\\.[a-z0-9]+(?:-[a-z0-9]+)*$");
    World world;
    Context ctx = world.context();
    const auto knowledge = job::Knowledge::load(ctx);
    REQUIRE(knowledge);
    for (const CardRef ref : cards.all()) {
        const auto sense = Senses(cards, *knowledge).card(ref);
        REQUIRE(sense);
        INFO(sense->finding.id);
        CHECK(form.matches(sense->finding.id));
        CHECK(ids.insert(sense->finding.id).second);
    }
}

TEST_CASE("the tables are complete: signals, Xid numbers, what Slurm's own data refers to")
{
    const Cards& cards = shipped_cards();
    for (int number = 1; number <= 31; ++number) {
        CHECK(cards.find("signal", number));
    }
    CHECK(cards.find("signal", SIGRTMIN));
    for (int number = 1; number <= 172; ++number) {
        CHECK(cards.find("xid", number));
    }
    for (int number = 0; number <= 255; ++number) {
        CHECK((cards.find("exit", number) || cards.find("signal", number - 128)));
    }
    World world;
    Context ctx = world.context();
    const auto knowledge = job::Knowledge::load(ctx);
    REQUIRE(knowledge);
    const auto reasons = knowledge->all_reasons();
    REQUIRE(reasons);
    const Senses senses(cards, *knowledge);
    for (const slurm::Reason& reason : **reasons) {
        INFO(reason.name);
        const auto found = senses.of(reason.name);
        REQUIRE(found);
        CHECK_FALSE(found->empty());
    }
    for (int signal = 33; signal <= 67; ++signal) {
        INFO(signal);
        const auto found = senses.of("0:" + std::to_string(signal));
        REQUIRE(found);
        CHECK_FALSE(found->empty());
        CHECK(found->front().finding.title.find('?') == std::string::npos);
    }
}

TEST_CASE("signals and their names agree with those of job explain")
{
    const Cards& cards = shipped_cards();
    World world;
    Context ctx = world.context();
    const auto knowledge = job::Knowledge::load(ctx);
    REQUIRE(knowledge);
    for (int number = 1; number <= 31; ++number) {
        if (const job::ExitMeaning* meaning = knowledge->exit_codes.signal(number)) {
            CHECK(cards.head(*cards.find("signal", number)).name == meaning->name);
        }
    }
}

TEST_CASE("a site adds cards and kinds, and replaces a card")
{
    const test::TempDir dir;
    dir.write("site.toml", "kind = \"exit\"\n[[card]]\nname = \"77\"\nnumber = 77\nseverity = \"error\"\ntitle = \"exit code 77: no seat\"\n"
                           "fix = [{ text = \"Wait\" }]\nlabels = [\"license-unavailable\"]\n");
    dir.write("code.toml", "kind = \"site-code\"\ntitle = \"Our filter\"\nask = \"SUB{number}\"\nforms = ['^SUB(?P<number>\\d+)$']\n[[card]]\n"
                           "name = \"SUB7\"\nnumber = 7\nseverity = \"note\"\ntitle = \"SUB{number}: too early\"\nlabels = [\"qos-limit\"]\n");
    World world({dir.path().string()});
    CHECK(world.explained("77").verdict()->title == "Exit code 77: no seat");
    CHECK(world.explained("SUB7").verdict()->title == "SUB7: too early");
    CHECK(world.explained("137").verdict()->id == "exit.137");
}

TEST_CASE("a mistake in a site's cards is told with its place")
{
    const std::string head = "kind = \"exit\"\n[[card]]\nname = \"77\"\n";
    CHECK(load_error(head + "title = \"t\"\nseverty = \"note\"\n").find("x.toml:5:1: a card has no key 'severty'") == 0);
    CHECK(load_error(head + "title = \"t\"\nseverity = \"bad\"\n").find("x.toml:5:12:") == 0);
    CHECK(load_error(head).find("x.toml:2:1: this card has no 'title'") == 0);
    CHECK(load_error(head + "title = \"t\"\n").find("x.toml:2:1: a card from 'warning' up needs a 'fix' or an 'escalate'") == 0);
    CHECK(load_error("kind = \"x\"\nforms = ['(']\n").find("x.toml:2:10: wrong pattern: ") == 0);
    CHECK(load_error("kind = \"x\"\nforms = ['(a{900}){900}']\n").find("x.toml:2:10: wrong pattern: ") == 0);
    CHECK(load_error("title = \"x\"\n").find("x.toml:1:1: this file of cards has no 'kind'") == 0);
    CHECK(load_error(head + "title = \"t {\"\nseverity = \"note\"\n").find("x.toml:4:") == 0);
    CHECK(load_error(head + "title = \"t\"\ngroup = \"g\"\n").find("x.toml:5:9: there is no group 'g'") == 0);
    CHECK(load_error(head + "title = \"t\"\nnumbers = [1]\n").find("x.toml:5:11: 'numbers' must be a list of the first and the last number") == 0);
    CHECK(load_error("kind = 3\n").find("x.toml:1:8: 'kind' must be a string") == 0);
    CHECK(load_error("kind = \"x\n").find("x.toml:1:") == 0);
}

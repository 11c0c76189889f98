// SPDX-License-Identifier: Apache-2.0
#include "job/script.hpp"

#include <algorithm>
#include <array>

#include <re2/re2.h>

#include "util/strings.hpp"

namespace hpcdoc::job {

namespace {

struct Short {
    std::string_view option, letter;
};
// sbatch(1); those whose value a diagnosis may change.
constexpr std::array k_short = {Short{"--time", "-t"},    Short{"--cpus-per-task", "-c"}, Short{"--ntasks", "-n"},
                                Short{"--nodes", "-N"},   Short{"--partition", "-p"},     Short{"--account", "-A"},
                                Short{"--qos", "-q"},     Short{"--output", "-o"},        Short{"--error", "-e"},
                                Short{"--chdir", "-D"},   Short{"--constraint", "-C"},    Short{"--licenses", "-L"},
                                Short{"--nodelist", "-w"}};

bool sets(std::string_view directive, std::string_view option)
{
    const auto starts_option = [&](std::string_view name) {
        for (std::size_t at = directive.find(name); at != std::string_view::npos; at = directive.find(name, at + 1)) {
            const char before = at == 0 ? ' ' : directive[at - 1];
            const char after = at + name.size() < directive.size() ? directive[at + name.size()] : ' ';
            const bool short_form = name.size() == 2;
            if ((before == ' ' || before == '\t') && (short_form || after == '=' || after == ' ' || after == '\t')) {
                return true;
            }
        }
        return false;
    };
    if (starts_option(option)) {
        return true;
    }
    const auto found = std::find_if(k_short.begin(), k_short.end(), [&](const Short& s) { return s.option == option; });
    return found != k_short.end() && starts_option(found->letter);
}

void read_command(ScriptFacts& facts, std::uint64_t number, std::string_view line, bool& unbuffered)
{
    static const RE2 k_python(R"((?:^|[\s;&|(/])python[0-9.]*\s+([^#;&|]*))");
    static const RE2 k_redirect(R"((?:^|[^>&0-9-])(?:1|&)?>{1,2}\s*([^\s;&|>()]+))");
    static const RE2 k_threads(R"(\b(?:OMP|MKL|OPENBLAS)_NUM_THREADS=(\d{1,6})\b)");
    static const RE2 k_launcher(
        R"((?:^|[\s;&|(/])(?:srun|mpirun|mpiexec|torchrun|accelerate|deepspeed|parallel|charmrun)\b)");
    if (util::contains(line, "PYTHONUNBUFFERED") || util::contains(line, "stdbuf")) {
        unbuffered = true;
    }
    std::string arguments;
    if (!facts.buffered_python && !unbuffered &&
        RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), k_python, &arguments)) {
        static const RE2 k_flag(R"((?:^|\s)-[A-Za-z]*u)");
        static const RE2 k_quick(R"(^-(?:c|V|-version)|^-m\s+(?:venv|pip))");
        if (!RE2::PartialMatch(arguments, k_flag) && !RE2::PartialMatch(arguments, k_quick)) {
            facts.buffered_python = ScriptLine{number, std::string(line)};
        }
    }
    std::string target;
    if (!facts.redirect && RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), k_redirect, &target) &&
        target != "/dev/null") {
        facts.redirect = ScriptLine{number, std::string(line)};
        facts.redirect_target = target;
    }
    int threads = 0;
    if (RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), k_threads, &threads) && threads > 0) {
        facts.threads = ScriptLine{number, std::string(line)};
        facts.thread_count = static_cast<std::uint64_t>(threads);
    }
    facts.launches = facts.launches || RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), k_launcher);
}

} // namespace

const ScriptLine* ScriptFacts::directive(std::string_view option) const
{
    const auto found = std::find_if(directives.rbegin(), directives.rend(),
                                    [&](const ScriptLine& line) { return sets(line.text, option); });
    return found == directives.rend() ? nullptr : &*found; // the last one wins, as in getopt
}

ScriptFacts read_script(std::string_view text)
{
    ScriptFacts facts;
    bool unbuffered = false;
    bool commands = false;
    std::uint64_t number = 0;
    for (const std::string_view raw : util::lines(text)) {
        ++number;
        const std::string_view line = util::trim(raw);
        if (line.empty()) {
            continue;
        }
        if (line.front() == '#') {
            // Only at the start of a line and before the first command (sbatch(1)).
            if (!commands && raw.substr(0, 7) == "#SBATCH") {
                facts.directives.push_back({number, std::string(line)});
            }
            continue;
        }
        commands = true;
        read_command(facts, number, line, unbuffered);
    }
    return facts;
}

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
#include "logs/unusual.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "scan/lines.hpp"
#include "scan/pattern.hpp"
#include "util/ascii.hpp"
#include "util/strings.hpp"

namespace hpcdoc::logs {

namespace {

constexpr std::size_t k_longest_line = 500;

// The line without what differs from one of its kind to the next: numbers, and words with numbers in them.
std::string template_of(std::string_view line)
{
    std::string made;
    bool in_number = false;
    for (const char c : line.substr(0, k_longest_line)) {
        const bool number = util::is_digit(c) || (in_number && (c == '.' || c == 'e' || c == ':' || c == 'x' || (c >= 'a' && c <= 'f')));
        if (!number) {
            made += c;
        } else if (!in_number) {
            made += '#';
        }
        in_number = number;
    }
    return made;
}

bool tells_trouble(std::string_view line)
{
    static const scan::Pattern k_words(
        R"re((?i)\b(?:errors?|fail(?:ed|ure|s)?|fatal|abort(?:ed|ing)?|cannot|can't|could not|unable|denied|refused|invalid|illegal|missing|not found|no such|exceed(?:s|ed)?|killed|terminated|exception|panic|corrupt\w*|unexpected\w*|timed? ?out|crash\w*|segfault|stopping|giving up|must be|required|unknown)\b)re");
    return k_words.matches(line.substr(0, k_longest_line));
}

struct Candidate {
    Unusual line{};
    std::string form{};
    std::size_t from_end = 0;
};

void collect(const std::vector<Log>& logs, std::vector<Candidate>& candidates, std::map<std::string, std::size_t>& counts)
{
    for (std::size_t log = 0; log < logs.size(); ++log) {
        const Scan& scan = logs[log].scan;
        const scan::Lines head(scan.head);
        const scan::Lines tail(scan.tail);
        if (scan.bytes > scan.tail.size()) {
            for (const scan::Line& line : head.lines()) {
                ++counts[template_of(line.text)];
            }
        }
        const std::uint64_t before = scan.newlines - std::min(scan.newlines, count_newlines(scan.tail));
        const std::vector<scan::Line>& lines = tail.lines();
        for (std::size_t at = 0; at < lines.size(); ++at) {
            const std::string_view text = util::trim(lines[at].text);
            const auto letters = std::count_if(text.begin(), text.end(), [](char c) { return util::is_letter(c); });
            if (letters < 4) {
                continue;
            }
            std::string form = template_of(text);
            ++counts[form];
            candidates.push_back({{log, before + lines[at].number, util::printable(text.substr(0, k_longest_line)), tells_trouble(text)}, std::move(form), lines.size() - at});
        }
    }
}

} // namespace

std::vector<Unusual> unusual_lines(const std::vector<Log>& logs, std::size_t most)
{
    std::vector<Candidate> candidates;
    std::map<std::string, std::size_t> counts;
    collect(logs, candidates, counts);
    std::stable_sort(candidates.begin(), candidates.end(), [&counts](const Candidate& a, const Candidate& b) {
        return std::tuple(!a.line.trouble, counts[a.form], a.from_end) < std::tuple(!b.line.trouble, counts[b.form], b.from_end);
    });
    std::vector<Unusual> chosen;
    std::map<std::string, bool> taken;
    for (const Candidate& candidate : candidates) {
        if (chosen.size() < most && !taken[candidate.form]) {
            taken[candidate.form] = true;
            chosen.push_back(candidate.line);
        }
    }
    return chosen;
}

} // namespace hpcdoc::logs

// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/text.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

// One job of an element: "123", "123_*", "9+5" (with minutes).
bool take_job(Dependency& link, std::string_view text)
{
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::optional<std::uint64_t> job = number(text.substr(0, end));
    if (!job) {
        return false;
    }
    link.job = *job;
    text.remove_prefix(end);
    if (!text.empty() && text.front() == '_') {
        text.remove_prefix(1);
        const std::size_t minutes = text.find('+');
        link.task = std::string(text.substr(0, minutes));
    }
    return true;
}

void take_element(std::vector<Dependency>& links, std::string_view text, bool alternative)
{
    text = util::trim(text);
    std::string_view state;
    const auto [bare, inner] = name_and_id(text);
    if (!inner.empty()) {
        text = bare;
        state = inner;
    }
    const std::vector<std::string_view> parts = util::split(text, ':');
    if (parts.front().empty()) {
        return;
    }
    Dependency link{std::string(parts.front()), 0, {}, std::string(state), alternative};
    if (parts.size() == 1) {
        links.push_back(std::move(link)); // singleton
        return;
    }
    for (std::size_t i = 1; i < parts.size(); ++i) { // "afterok:1:2" as it may be typed
        Dependency one = link;
        if (take_job(one, parts[i])) {
            links.push_back(std::move(one));
        }
    }
}

} // namespace

std::vector<Dependency> parse_dependency(std::string_view text)
{
    std::vector<Dependency> links;
    text = util::trim(text);
    if (unset(text)) {
        return links;
    }
    bool after_or = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(",?"), text.size());
        const bool before_or = end < text.size() && text[end] == '?';
        take_element(links, text.substr(0, end), before_or || after_or);
        after_or = before_or;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return links;
}

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
// Everything that was collected, as text, folded. A log can be long and hostile: beginning and end, and nothing else.
#include "bundle/page.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "bundle/view.hpp"
#include "report/html_parts.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle::page {

namespace {

namespace html = report::html;
using archive::Item;

constexpr std::size_t k_most = 64 << 10, k_least = 1 << 10; // bytes of a member's beginning, and of its end
constexpr std::size_t k_page = 4 << 20;                     // bytes of all members: the page is in the bundle too
constexpr std::size_t k_members = 3000;                     // beyond, only the archive has them

struct Shown {
    std::string member{};
    std::string stream{};       // "output", "errors", "content"
    const Item* item = nullptr; // of which it is; may be none
};

struct Topics {
    std::map<std::string, std::vector<Shown>> all{};
    std::size_t left_out = 0; // members for which there is no room
};

bool face(std::string_view member)
{
    constexpr std::array k_faces{archive::k_manifest_member, archive::k_sums_member,   archive::k_summary_member,
                                 archive::k_page_member,     archive::k_readme_member, archive::k_findings_member,
                                 k_recording_member};
    return std::find(k_faces.begin(), k_faces.end(), member) != k_faces.end();
}

// A member that two items share is shown with the first.
Topics topics_of(const Content& content)
{
    Topics topics;
    std::map<std::string, bool, std::less<>> taken;
    std::size_t count = 0;
    const auto take = [&](const std::string& topic, const std::string& member, const char* stream, const Item* item) {
        if (member.empty() || !content.members.contains(member) || !taken.emplace(member, true).second) {
            return;
        }
        if (++count <= k_members) {
            topics.all[topic].push_back({member, stream, item});
        } else {
            ++topics.left_out;
        }
    };
    for (const Item& item : content.manifest.items) {
        const std::string& topic = item.topic.empty() ? std::string("other") : item.topic;
        take(topic, item.out.member, item.kind == Item::Kind::file ? "content" : "output", &item);
        take(topic, item.err.member, "errors", &item);
    }
    for (const auto& [member, data] : content.members) {
        if (!face(member)) {
            take("recording", member, "content", nullptr);
        }
    }
    return topics;
}

// So much of each member's beginning and end that all of them fit into the page.
std::size_t cap_for(const Content& content, const Topics& topics)
{
    for (std::size_t cap = k_most; cap > k_least; cap /= 2) {
        std::size_t total = 0;
        for (const auto& [topic, all] : topics.all) {
            for (const Shown& shown : all) {
                total += std::min(content.members.find(shown.member)->second.size(), 2 * cap);
            }
        }
        if (total <= k_page) {
            return cap;
        }
    }
    return k_least;
}

// Logs hold a stray NUL or two; a program or a compressed file is full of what no text has.
bool binary(std::string_view data)
{
    constexpr std::string_view k_of_text = "\t\n\r\f\b\a\x1b\x1f";
    const std::string_view start = data.substr(0, 4096);
    const auto odd = std::count_if(start.begin(), start.end(), [&](char c) {
        return static_cast<unsigned char>(c) < 0x20 && k_of_text.find(c) == std::string_view::npos;
    });
    return static_cast<std::size_t>(odd) * 20 > start.size();
}

// A byte within a character of UTF-8.
bool continues(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u;
}

// Cut at a line's end where there is one, and never within a character.
std::string_view head_of(std::string_view data, std::size_t cap)
{
    std::string_view head = data.substr(0, cap);
    if (const std::size_t end = head.rfind('\n'); end != std::string_view::npos && end > cap / 2) {
        return head.substr(0, end);
    }
    for (int i = 0; i < 3 && !head.empty() && continues(head.back()); ++i) {
        head.remove_suffix(1);
    }
    head.remove_suffix(!head.empty() && static_cast<unsigned char>(head.back()) >= 0xc0u ? 1 : 0);
    return head;
}

std::string_view tail_of(std::string_view data, std::size_t cap)
{
    std::string_view tail = data.substr(data.size() - std::min(cap, data.size()));
    if (const std::size_t end = tail.find('\n'); end < cap / 2) {
        return tail.substr(end + 1);
    }
    for (int i = 0; i < 3 && !tail.empty() && continues(tail.front()); ++i) {
        tail.remove_prefix(1);
    }
    return tail;
}

// What the redactor put in place of secrets is made to stand out.
std::string marked(std::string escaped)
{
    constexpr std::string_view k_mark = "[REDACTED:";
    std::size_t at = escaped.find(k_mark);
    if (at == std::string::npos) {
        return escaped;
    }
    std::string text;
    std::size_t from = 0;
    for (; at != std::string::npos; at = escaped.find(k_mark, from)) {
        const std::size_t end = escaped.find_first_of("]\n<", at);
        if (end == std::string::npos || escaped[end] != ']') {
            text += escaped.substr(from, at + k_mark.size() - from);
            from = at + k_mark.size();
            continue;
        }
        text += escaped.substr(from, at - from) + "<mark>" + escaped.substr(at, end + 1 - at) + "</mark>";
        from = end + 1;
    }
    return text + escaped.substr(from);
}

std::string readable(std::string_view data)
{
    return marked(html::block(util::strip_ansi(data)));
}

std::string text_of(const Shown& shown, std::string_view data, std::size_t cap)
{
    if (data.empty()) {
        return "<p class=\"muted\">Empty.</p>\n";
    }
    if (binary(data)) {
        return fmt::format("<p class=\"muted\">Not text: {}.</p>\n", util::human_size(data.size()));
    }
    if (data.size() <= 2 * cap) {
        return fmt::format("<pre class=\"member\">{}</pre>\n", readable(data));
    }
    const std::string_view head = head_of(data, cap), tail = tail_of(data, cap);
    return fmt::format(
        "<pre class=\"member\">{}</pre>\n<p class=\"left-out\">{} left out here; all of it: <code>hpcdoc "
        "bundle show FILE {}</code></p>\n<pre class=\"member\">{}</pre>\n",
        readable(head), util::human_size(data.size() - head.size() - tail.size()),
        html::text(util::shell_quote(shown.member)), readable(tail));
}

std::string about(const Shown& shown)
{
    std::string text = fmt::format("Member <code>{}</code>", html::text(shown.member));
    if (shown.item == nullptr) {
        return fmt::format("<p class=\"muted\">{}</p>\n", text);
    }
    const Item& item = *shown.item;
    const archive::ItemStream& stream = shown.member == item.err.member ? item.err : item.out;
    if (item.exit) {
        text += fmt::format(", exit status {}", *item.exit);
    }
    if (item.signal) {
        text += fmt::format(", ended by signal {}", *item.signal);
    }
    if (stream.seen > stream.kept) {
        text += fmt::format(", {} kept of {}", util::human_size(stream.kept), util::human_size(stream.seen));
    }
    const std::uint64_t removed = total_of({item.redactions.begin(), item.redactions.end()});
    text += removed == 0 ? "" : fmt::format(", {} removed", report::count_text(removed, "secret"));
    const std::string source = source_of(item);
    return (source.empty() ? "" : fmt::format("<pre class=\"command\"><code>{}</code></pre>\n", html::text(source))) +
           fmt::format("<p class=\"muted\">{}</p>\n", text);
}

std::string member(const Shown& shown, std::string_view data, std::size_t cap)
{
    std::string summary =
        fmt::format("<code>{}</code>", html::text(shown.item == nullptr ? shown.member : shown.item->id));
    if (shown.item != nullptr) {
        summary += shown.stream == "errors" ? " (errors)" : "";
        summary += shown.item->why.empty() ? "" : " " + html::text(shown.item->why);
        if (shown.item->status != Item::Status::ok) {
            summary += fmt::format(" <strong class=\"failed\">{}</strong>", meaning_of(shown.item->status));
        }
    }
    summary += fmt::format(" <span class=\"muted\">{}</span>", util::human_size(data.size()));
    return html::details(summary, about(shown) + text_of(shown, data, cap), false, "member");
}

} // namespace

std::string members(const Content& content)
{
    const Topics topics = topics_of(content);
    const std::size_t cap = cap_for(content, topics);
    std::string index, text;
    std::size_t number = 0;
    for (const auto& [topic, all] : topics.all) {
        const std::string id = fmt::format("t-{}", ++number);
        index += fmt::format("<li><a href=\"#{}\">{}</a> <span class=\"muted\">{}</span></li>\n", id, html::text(topic),
                             all.size());
        std::string inside;
        for (const Shown& shown : all) {
            inside += member(shown, content.members.find(shown.member)->second, cap);
        }
        text += fmt::format("<section class=\"card topic\" id=\"{}\">\n{}{}</section>\n", id, html::heading(3, topic),
                            inside);
    }
    if (text.empty()) {
        return {};
    }
    const std::string rest = topics.left_out == 0 ? ""
                                                  : fmt::format(" {} have no room here: the archive has them.",
                                                                report::count_text(topics.left_out, "more member"));
    return html::paragraph("muted", fmt::format("Each unfolds. At most {} of a member's beginning and end are here; "
                                                "terminal colours are left out.{}",
                                                util::human_size(cap), rest)) +
           fmt::format("<ul class=\"topics\">\n{}</ul>\n", index) + text;
}

} // namespace hpcdoc::bundle::page

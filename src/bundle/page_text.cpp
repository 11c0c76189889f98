// SPDX-License-Identifier: Apache-2.0
#include "bundle/page_text.hpp"

#include <array>
#include <utility>

namespace hpcdoc::bundle {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> k_escapes{
    {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"<mark>", ""}, {"</mark>", ""}}};

} // namespace

std::string searchable(std::string_view member, std::string_view text)
{
    if (!member.ends_with(".html")) {
        return std::string(text);
    }
    std::string plain;
    plain.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        bool escape = false;
        for (const auto& [written, meant] : k_escapes) {
            if ((c == '&' || c == '<') && text.substr(at, written.size()) == written) {
                plain += meant;
                at += written.size();
                escape = true;
                break;
            }
        }
        if (!escape) {
            plain += c;
            ++at;
        }
    }
    return plain;
}

} // namespace hpcdoc::bundle

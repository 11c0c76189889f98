// SPDX-License-Identifier: Apache-2.0
// Just enough of HTML to tell what a text would be to a browser.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::test {

// Reads a page as a browser would read its tags; quotes in attributes may hold ">".
class Markup {
public:
    explicit Markup(std::string_view html)
    {
        const std::size_t style = html.find("<style>"), end = html.find("</style>");
        const std::string rest = std::string(html.substr(0, style)) + std::string(html.substr(end + 8));
        for (std::size_t at = rest.find('<'); at != std::string::npos; at = rest.find('<', at)) {
            at = read_tag(rest, at + 1);
        }
        balanced = balanced && m_open.empty();
    }

    std::set<std::string> elements{}, attributes{};
    std::vector<std::string> ids{}, links{}; // links: href
    std::vector<unsigned> headings{};
    bool balanced = true;

private:
    std::size_t read_tag(const std::string& html, std::size_t at)
    {
        if (html[at] == '!') {
            return html.find('>', at);
        }
        const bool closing = html[at] == '/';
        const std::size_t from = closing ? at + 1 : at;
        std::size_t end = html.find_first_of(" >/\n", from);
        const std::string name = html.substr(from, end - from);
        bool self_closed = false;
        while (end != std::string::npos && html[end] != '>') {
            self_closed = html[end] == '/';
            end = html[end] == ' ' || html[end] == '/' || html[end] == '\n' ? end + 1 : read_attribute(html, end);
        }
        note(name, closing, self_closed);
        return end;
    }

    std::size_t read_attribute(const std::string& html, std::size_t at)
    {
        const std::size_t end = html.find_first_of("= >", at);
        const std::string name = html.substr(at, end - at);
        attributes.insert(name);
        if (html[end] != '=') {
            return end;
        }
        if (html[end + 1] != '"') {
            balanced = false; // an attribute without quotes
            return html.find_first_of(" >", end);
        }
        const std::size_t close = html.find('"', end + 2);
        const std::string value = html.substr(end + 2, close - end - 2);
        if (name == "id") {
            ids.push_back(value);
        } else if (name == "href") {
            links.push_back(value);
        }
        return close + 1;
    }

    void note(const std::string& name, bool closing, bool self_closed)
    {
        static const std::set<std::string> k_void{"meta", "br", "hr", "link", "img"};
        elements.insert(name);
        if (closing) {
            balanced = balanced && !m_open.empty() && m_open.back() == name;
            if (!m_open.empty()) {
                m_open.pop_back();
            }
        } else if (!self_closed && !k_void.contains(name)) {
            m_open.push_back(name);
        }
        if (!closing && name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
            headings.push_back(static_cast<unsigned>(name[1] - '0'));
        }
    }

    std::vector<std::string> m_open{};
};

} // namespace hpcdoc::test

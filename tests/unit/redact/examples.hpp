// SPDX-License-Identifier: Apache-2.0
// Examples of secrets without a secret in the source: {alnum:36} stands for 36 letters and digits, and so on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/redact.hpp>

namespace hpcdoc::test {

class Examples {
public:
    // The text, and in secrets() what was put for its placeholders.
    std::string expand(std::string_view text)
    {
        std::string out;
        while (!text.empty()) {
            const std::size_t open = text.find('{');
            const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
            const std::string_view inside = close == std::string_view::npos ? std::string_view() : text.substr(open + 1, close - open - 1);
            const std::string_view alphabet = alphabet_of(inside.substr(0, inside.find(':')));
            if (alphabet.empty()) {
                const std::size_t end = open == std::string_view::npos ? text.size() : open + 1;
                out += text.substr(0, end);
                text.remove_prefix(end);
                continue;
            }
            out += text.substr(0, open);
            m_secrets.push_back(random(alphabet, std::stoul(std::string(inside.substr(inside.find(':') + 1)))));
            out += m_secrets.back();
            text.remove_prefix(close + 1);
        }
        return out;
    }
    const std::vector<std::string>& secrets() const { return m_secrets; }

private:
    static std::string_view alphabet_of(std::string_view kind)
    {
        if (kind == "alnum") { return "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789"; }
        if (kind == "hex") { return "0123456789abcdef"; }
        if (kind == "upper") { return "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; }
        if (kind == "base64") { return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"; }
        return {};
    }
    std::string random(std::string_view alphabet, std::size_t length)
    {
        std::string out;
        for (; out.size() < length; m_state = m_state * 6364136223846793005U + 1442695040888963407U) {
            out += alphabet[(m_state >> 33) % alphabet.size()];
        }
        return out;
    }

    std::uint64_t m_state = 20261125;
    std::vector<std::string> m_secrets{};
};

} // namespace hpcdoc::test

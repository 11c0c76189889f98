// SPDX-License-Identifier: Apache-2.0
#include "logs/utf16.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace hpcdoc::logs {

namespace {

void append_utf8(std::string& text, char32_t c)
{
    const auto add = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xc0 | c >> 6U);
        add(0x80 | (c & 0x3fU));
    } else if (c < 0x10000) {
        add(0xe0 | c >> 12U);
        add(0x80 | (c >> 6U & 0x3fU));
        add(0x80 | (c & 0x3fU));
    } else {
        add(0xf0 | c >> 18U);
        add(0x80 | (c >> 12U & 0x3fU));
        add(0x80 | (c >> 6U & 0x3fU));
        add(0x80 | (c & 0x3fU));
    }
}

class Utf16Source final : public Source {
public:
    Utf16Source(std::unique_ptr<Source> inner, ByteOrder order) : m_inner(std::move(inner)), m_order(order) {}

    Result<std::size_t> read(char* to, std::size_t most) override
    {
        while (m_ready.size() == m_given && !m_ended) {
            HPCDOC_TRY(more());
        }
        const std::size_t size = std::min(most, m_ready.size() - m_given);
        std::memcpy(to, m_ready.data() + m_given, size);
        m_given += size;
        return size;
    }

private:
    Result<void> more()
    {
        std::array<char, 32 * 1024> bytes{};
        const std::size_t kept = m_odd ? 1 : 0;
        bytes[0] = m_odd.value_or('\0');
        HPCDOC_TRY_ASSIGN(const std::size_t got, m_inner->read(bytes.data() + kept, bytes.size() - kept));
        m_ready.clear();
        m_given = 0;
        m_ended = got == 0;
        const std::size_t size = kept + got;
        for (std::size_t at = 0; at + 1 < size; at += 2) {
            const auto first = static_cast<unsigned char>(bytes[at]);
            const auto second = static_cast<unsigned char>(bytes[at + 1]);
            unit(static_cast<char16_t>(m_order == ByteOrder::little ? second << 8U | first : first << 8U | second));
        }
        m_odd = size % 2 == 1 && !m_ended ? std::optional(bytes[size - 1]) : std::nullopt;
        return {};
    }

    void unit(char16_t unit)
    {
        if (m_high != 0) {
            const bool pair = unit >= 0xdc00 && unit < 0xe000;
            append_utf8(m_ready, pair ? 0x10000U + ((m_high - 0xd800U) << 10U) + (unit - 0xdc00U) : 0xfffdU);
            m_high = 0;
            if (pair) {
                return;
            }
        }
        if (unit >= 0xd800 && unit < 0xdc00) {
            m_high = unit;
        } else if (unit != 0xfeff) { // the mark
            append_utf8(m_ready, unit >= 0xdc00 && unit < 0xe000 ? U'\xfffd' : static_cast<char32_t>(unit));
        }
    }

    std::unique_ptr<Source> m_inner;
    ByteOrder m_order;
    std::string m_ready{};
    std::size_t m_given = 0;
    std::optional<char> m_odd{}; // half of a unit
    char32_t m_high = 0;
    bool m_ended = false;
};

} // namespace

std::optional<ByteOrder> utf16_of(std::string_view beginning)
{
    if (beginning.starts_with("\xff\xfe")) {
        return ByteOrder::little;
    }
    if (beginning.starts_with("\xfe\xff")) {
        return ByteOrder::big;
    }
    const std::string_view sample = beginning.substr(0, 512);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t at = 0; at < sample.size(); ++at) {
        zeros[at % 2] += sample[at] == '\0' ? 1U : 0U;
    }
    const std::size_t pairs = sample.size() / 2;
    if (pairs < 8) {
        return std::nullopt;
    }
    if (zeros[0] == 0 && zeros[1] * 10 > pairs * 8) {
        return ByteOrder::little;
    }
    return zeros[1] == 0 && zeros[0] * 10 > pairs * 8 ? std::optional(ByteOrder::big) : std::nullopt;
}

std::unique_ptr<Source> from_utf16(std::unique_ptr<Source> inner, ByteOrder order)
{
    return std::make_unique<Utf16Source>(std::move(inner), order);
}

} // namespace hpcdoc::logs

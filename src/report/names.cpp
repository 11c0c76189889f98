// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/report.hpp>

#include <array>

namespace hpcdoc {

namespace {

constexpr std::array k_formats{Format::text, Format::json, Format::markdown, Format::html};

} // namespace

std::string_view to_string(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::passed: return "passed";
    case Check::Outcome::found: return "found";
    case Check::Outcome::skipped: return "skipped";
    case Check::Outcome::failed: return "failed";
    }
    return "failed";
}

std::string_view to_string(Format format)
{
    switch (format) {
    case Format::text: return "text";
    case Format::json: return "json";
    case Format::markdown: return "markdown";
    case Format::html: return "html";
    }
    return "text";
}

std::optional<Format> format_from(std::string_view text)
{
    for (const Format format : k_formats) {
        if (text == to_string(format)) {
            return format;
        }
    }
    return std::nullopt;
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "bundle/noise.hpp"

#include <algorithm>
#include <array>

#include <fnmatch.h>

#include "config/toml_source.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

constexpr std::array<std::string_view, 4> k_keys{"variables", "programs", "files", "masks"};
constexpr std::size_t k_longest_compared = 4096; // bytes that are compared with care; the rest as it is

bool any_fits(const std::vector<std::string>& patterns, const std::string& name)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0; });
}

std::vector<std::string> words_of(std::vector<config::TomlText> texts)
{
    std::vector<std::string> all;
    for (config::TomlText& text : texts) {
        all.push_back(std::move(text.value));
    }
    return all;
}

std::string without(const scan::Pattern& pattern, const std::string& line)
{
    std::string left;
    std::size_t at = 0;
    while (const auto match = pattern.find(line, at)) {
        left.append(line, at, match->begin - at);
        left += '~';
        at = std::max(match->end, match->begin + 1);
        if (at >= line.size()) {
            return left;
        }
    }
    return left + line.substr(at);
}

std::string without_numbers(std::string_view line)
{
    std::string left;
    for (const char c : line) {
        const bool digit = (c >= '0' && c <= '9') || (c == '.' && !left.empty() && left.back() == '~');
        if (!digit) {
            left += c == '\t' ? ' ' : c;
        } else if (left.empty() || left.back() != '~') {
            left += '~';
        }
        // A number with more digits takes blanks away.
        if (left.size() > 1 && left.back() == ' ' && left[left.size() - 2] == ' ') {
            left.pop_back();
        }
    }
    return left;
}

} // namespace

Result<Noise> Noise::parse(std::string_view toml, std::string source)
{
    HPCDOC_TRY_ASSIGN(const config::TomlSource read, config::TomlSource::parse(std::move(source), std::string(toml)));
    config::TomlReader reader(read.source);
    reader.only(read.root, k_keys, "file of differences");
    Noise noise;
    noise.m_variables = words_of(reader.texts(read.root, "variables"));
    noise.m_programs = words_of(reader.texts(read.root, "programs"));
    noise.m_files = words_of(reader.texts(read.root, "files"));
    for (config::TomlText& mask : reader.texts(read.root, "masks")) {
        scan::Pattern pattern(std::move(mask.value));
        if (const auto mistake = pattern.mistake()) {
            reader.fail(mask.place, "wrong pattern: " + util::printable(*mistake));
        }
        noise.m_masks.push_back(std::move(pattern));
    }
    HPCDOC_TRY(reader.result());
    return noise;
}

bool Noise::variable(const std::string& name) const
{
    return any_fits(m_variables, name);
}

bool Noise::program_counts(std::string_view program) const
{
    const std::size_t slash = program.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? program : program.substr(slash + 1);
    return std::find(m_programs.begin(), m_programs.end(), name) != m_programs.end();
}

bool Noise::file_counts(const std::string& path) const
{
    return any_fits(m_files, path);
}

std::string Noise::mask(std::string_view line, bool counts) const
{
    if (line.size() > k_longest_compared) {
        return std::string(line);
    }
    std::string left(util::trim(line));
    for (const scan::Pattern& pattern : m_masks) {
        left = without(pattern, left);
    }
    return counts ? without_numbers(left) : left;
}

} // namespace hpcdoc::bundle

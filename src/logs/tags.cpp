// SPDX-License-Identifier: Apache-2.0
#include "logs/tags.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "config/toml_source.hpp"
#include "scan/pattern.hpp"
#include "util/strings.hpp"

namespace hpcdoc::logs {

namespace {

constexpr std::array<std::string_view, 4> k_form_keys{"name", "source", "pattern", "labels"};
constexpr std::array<std::string_view, 4> k_form_lists{"prefix", "inside", "near", "file"};
constexpr int k_most_prefixes = 4; // Open MPI's tag, torchrun's, a time, a logger's

std::optional<std::int64_t> whole_number(std::string_view text)
{
    return text.size() > 9 ? std::nullopt : util::parse_signed(std::string(text));
}

unsigned month_of(std::string_view text)
{
    static constexpr std::string_view k_months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (const auto number = whole_number(text)) {
        return static_cast<unsigned>(*number);
    }
    const std::size_t at = k_months.find(text.substr(0, 3));
    return at == std::string_view::npos ? 0 : static_cast<unsigned>(at / 3 + 1);
}

// The parts of a time that a pattern captured.
class TimeParts {
public:
    void take(const scan::Capture& capture)
    {
        const std::string_view name = capture.name;
        if (name == "month") {
            m_month = month_of(capture.text);
        } else if (name == "epoch") {
            m_epoch = util::parse_real(capture.text);
        } else if (name == "fraction") {
            m_digits = capture.text.size();
            m_fraction = static_cast<double>(whole_number(capture.text).value_or(0)) / std::pow(10, static_cast<double>(m_digits));
        } else if (const auto value = whole_number(capture.text)) {
            int* const part = name == "year" ? &m_year : name == "day" ? &m_day : name == "hour" ? &m_hour : name == "minute" ? &m_minute : name == "second" ? &m_second : nullptr;
            if (part != nullptr) {
                *part = static_cast<int>(*value);
            }
        }
    }

    std::optional<Stamp> stamp(std::string_view text) const
    {
        if (m_epoch) {
            return Stamp{*m_epoch, 1e-6, true, std::string(text)};
        }
        if (m_hour < 0 || m_minute < 0 || m_second < 0) {
            return std::nullopt;
        }
        // Without a year: 2000, a leap year; such stamps are compared among themselves only.
        const int year = m_year < 0 ? 2000 : m_year < 100 ? 2000 + m_year : m_year;
        const std::chrono::year_month_day date = std::chrono::year{year} / std::chrono::month{m_month} / std::chrono::day{static_cast<unsigned>(m_day)};
        if (!date.ok()) {
            return std::nullopt;
        }
        const auto days = std::chrono::sys_days(date).time_since_epoch();
        const double seconds = static_cast<double>(std::chrono::seconds(days).count()) + m_hour * 3600.0 + m_minute * 60.0 + m_second + m_fraction;
        return Stamp{seconds, m_digits == 0 ? 1.0 : std::pow(10, -static_cast<double>(m_digits)), m_year >= 0, std::string(text)};
    }

private:
    int m_year = -1, m_day = 1, m_hour = -1, m_minute = -1, m_second = -1;
    unsigned m_month = 1;
    double m_fraction = 0;
    std::size_t m_digits = 0;
    std::optional<double> m_epoch{};
};

void take_captures(const scan::Match& match, std::string_view line, Tags& tags)
{
    TimeParts time;
    std::size_t begin = match.end;
    std::size_t end = match.begin;
    for (const scan::Capture& capture : match.captures) {
        if (capture.name == "rank" || capture.name == "rank2") {
            tags.rank = tags.rank ? tags.rank : whole_number(capture.text);
        } else if (capture.name == "local_rank") {
            tags.local_rank = tags.local_rank ? tags.local_rank : whole_number(capture.text);
        } else if (capture.name == "host") {
            tags.host = tags.host.empty() ? util::printable(capture.text) : tags.host;
        } else if (capture.name != "pid") {
            time.take(capture);
            const auto from = static_cast<std::size_t>(capture.text.data() - line.data());
            begin = std::min(begin, from);
            end = std::max(end, from + capture.text.size());
        }
    }
    if (!tags.time && begin < end) {
        tags.time = time.stamp(line.substr(begin, end - begin));
    }
}

} // namespace

struct TagReader::Form {
    scan::Pattern pattern;
    bool labels = false;
};

struct TagReader::Forms {
    std::array<std::vector<Form>, k_form_lists.size()> lists{};
    const std::vector<Form>& prefixes() const { return lists[0]; }
    const std::vector<Form>& inside() const { return lists[1]; }
    const std::vector<Form>& near() const { return lists[2]; }
    const std::vector<Form>& files() const { return lists[3]; }
};

TagReader::TagReader(std::unique_ptr<Forms> forms) : m_forms(std::move(forms)) {}
TagReader::TagReader(TagReader&&) noexcept = default;
TagReader& TagReader::operator=(TagReader&&) noexcept = default;
TagReader::~TagReader() = default;

Result<TagReader> TagReader::load(const std::string& toml, const std::string& file)
{
    HPCDOC_TRY_ASSIGN(const config::TomlSource read, config::TomlSource::parse(file, toml));
    config::TomlReader reader(read.source);
    reader.only(read.root, k_form_lists, "file of prefixes");
    auto forms = std::make_unique<Forms>();
    for (std::size_t list = 0; list < k_form_lists.size(); ++list) {
        for (const toml::table* table : reader.tables(read.root, k_form_lists[list])) {
            reader.only(*table, k_form_keys, "form of a prefix");
            config::TomlText text = reader.needed_text(*table, "pattern", "the expression that finds it");
            scan::Pattern pattern(std::move(text.value));
            if (const auto mistake = pattern.mistake()) {
                reader.fail(text.place, "wrong pattern: " + util::printable(*mistake));
            }
            forms->lists[list].push_back({std::move(pattern), reader.flag(*table, "labels").value_or(false)});
        }
    }
    HPCDOC_TRY(reader.result());
    return TagReader(std::move(forms));
}

Tags TagReader::read(std::string_view line, bool labels) const
{
    Tags tags;
    std::string_view rest = line.substr(0, 1024);
    for (int taken = 0; taken < k_most_prefixes; ++taken) {
        const auto fits = [&](const Form& form) {
            const auto match = form.labels && !labels ? std::nullopt : form.pattern.find(rest);
            if (!match || match->end == 0) {
                return false;
            }
            take_captures(*match, rest, tags);
            rest.remove_prefix(match->end);
            return true;
        };
        if (std::none_of(m_forms->prefixes().begin(), m_forms->prefixes().end(), fits)) {
            break;
        }
    }
    for (const Form& form : m_forms->inside()) {
        if (const auto match = form.pattern.find(rest)) {
            take_captures(*match, rest, tags);
        }
    }
    return tags;
}

Tags TagReader::near(std::string_view line) const
{
    Tags tags;
    for (const Form& form : m_forms->near()) {
        if (const auto match = form.pattern.find(line.substr(0, 1024))) {
            take_captures(*match, line, tags);
        }
    }
    return tags;
}

std::optional<std::int64_t> TagReader::rank_of_file(std::string_view path) const
{
    for (const Form& form : m_forms->files()) {
        Tags tags;
        if (const auto match = form.pattern.find(path)) {
            take_captures(*match, path, tags);
            return tags.rank;
        }
    }
    return std::nullopt;
}

bool TagReader::labelled(std::string_view sample) const
{
    std::size_t lines = 0;
    std::size_t labelled = 0;
    for (const std::string_view line : util::lines(sample)) {
        if (util::trim(line).empty()) {
            continue;
        }
        ++lines;
        labelled += std::any_of(m_forms->prefixes().begin(), m_forms->prefixes().end(), [line](const Form& form) { return form.labels && form.pattern.find(line.substr(0, 64)); }) ? 1U : 0U;
    }
    return lines >= 4 && labelled * 10 >= lines * 9;
}

} // namespace hpcdoc::logs

// SPDX-License-Identifier: Apache-2.0
#include "bundle/probes.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "config/own_files.hpp"
#include "config/toml_source.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle {

namespace {

using config::TomlReader;
using config::TomlText;

constexpr std::array<std::string_view, 4> k_file_keys{"probe", "diagnosis", "question", "environment"};
constexpr std::array<std::string_view, 12> k_probe_keys{"id",   "why",  "command", "file", "lane",  "deadline",
                                                        "head", "tail", "full",    "root", "roles", "each"};
constexpr std::array<std::string_view, 4> k_diagnosis_keys{"command", "why", "each", "slurm"};
constexpr std::array<std::string_view, 2> k_question_keys{"key", "ask"};
constexpr std::array<std::string_view, 2> k_environment_keys{"show", "show_prefixes"};
constexpr std::array<std::string_view, 3> k_each{"once", "job", "no-job"};
constexpr std::array<std::string_view, 3> k_roles{"login", "compute", "in-job"};
constexpr std::array<std::string_view, 5> k_words{"user", "uid", "home", "host", "job"};
constexpr std::uint64_t k_most_kept = 64u << 20;

std::vector<std::string> values(const std::vector<TomlText>& texts)
{
    std::vector<std::string> all;
    for (const TomlText& text : texts) {
        all.push_back(text.value);
    }
    return all;
}

class ProbeReader {
public:
    ProbeReader(TomlReader& toml, ProbeBook& book) : m_toml(toml), m_book(book) {}

    void read(const toml::table& root)
    {
        m_toml.only(root, k_file_keys, "file of probes");
        for (const toml::table* table : m_toml.tables(root, "probe")) {
            add(probe(*table));
        }
        for (const toml::table* table : m_toml.tables(root, "diagnosis")) {
            m_toml.only(*table, k_diagnosis_keys, "diagnosis");
            m_book.diagnoses.push_back({command(*table), m_toml.needed_text(*table, "why", "diagnosis").value, each(*table),
                                        m_toml.flag(*table, "slurm").value_or(false)});
        }
        for (const toml::table* table : m_toml.tables(root, "question")) {
            m_toml.only(*table, k_question_keys, "question");
            m_book.questions.push_back({m_toml.needed_text(*table, "key", "question").value,
                                        m_toml.needed_text(*table, "ask", "question").value});
        }
        for (const toml::table* table : m_toml.tables(root, "environment")) {
            m_toml.only(*table, k_environment_keys, "table of variables");
            append(m_book.shown, m_toml.texts(*table, "show"));
            append(m_book.shown_prefixes, m_toml.texts(*table, "show_prefixes"));
        }
    }

private:
    static void append(std::vector<std::string>& into, const std::vector<TomlText>& texts)
    {
        for (const TomlText& text : texts) {
            into.push_back(text.value);
        }
    }

    void add(Probe probe)
    {
        const auto same = std::find_if(m_book.probes.begin(), m_book.probes.end(),
                                       [&](const Probe& other) { return other.id == probe.id; });
        if (same == m_book.probes.end()) {
            m_book.probes.push_back(std::move(probe));
        } else {
            *same = std::move(probe);
        }
    }

    Probe probe(const toml::table& table)
    {
        m_toml.only(table, k_probe_keys, "probe");
        Probe probe;
        const TomlText id = m_toml.needed_text(table, "id", "probe");
        probe.id = id.value;
        check_id(id);
        probe.why = m_toml.needed_text(table, "why", "probe").value;
        probe.command = command(table);
        if (const auto file = m_toml.text(table, "file")) {
            probe.file = file->value;
            check_words(*file);
            if (!file->value.starts_with('/') && !file->value.starts_with("{home}/")) {
                m_toml.fail(file->place, "'" + util::printable(file->value) + "' is not an absolute path");
            }
        }
        if (probe.command.empty() == probe.file.empty()) {
            m_toml.fail(table, "this probe needs either 'command' or 'file'");
        }
        if (const auto lane = m_toml.text(table, "lane")) {
            probe.lane = lane->value;
        }
        probe.deadline = duration(table).value_or(probe.deadline);
        probe.head = size(table, "head").value_or(probe.head);
        probe.tail = size(table, "tail").value_or(probe.tail);
        probe.full = m_toml.flag(table, "full").value_or(false);
        probe.root = m_toml.flag(table, "root").value_or(false);
        probe.roles = roles(table);
        probe.each = each(table);
        return probe;
    }

    // It becomes the name of a member of an archive.
    void check_id(const TomlText& id)
    {
        const std::string plain = filled(id.value, {"u", "u", "u", "u", "1"});
        const bool good = plain.find('.') != std::string::npos && plain.front() != '.' && plain.back() != '.' &&
                          plain.find("..") == std::string::npos &&
                          plain.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos;
        if (!good) {
            m_toml.fail(id.place, "'" + util::printable(id.value) + "' is no id of a probe",
                        "as in system.kernel: topic, dot, name, in small letters, digits and '-'");
        }
    }

    void check_words(const TomlText& text)
    {
        std::string_view rest = text.value;
        while (true) {
            const std::size_t open = rest.find('{');
            const std::size_t close = rest.find('}', open);
            if (open == std::string_view::npos || close == std::string_view::npos) {
                return;
            }
            const std::string_view word = rest.substr(open + 1, close - open - 1);
            if (std::find(k_words.begin(), k_words.end(), word) == k_words.end()) {
                m_toml.fail(text.place, "a probe knows no '{" + util::printable(word) + "}'", "it knows {user}, {uid}, {home}, {host} and {job}");
            }
            rest.remove_prefix(close);
        }
    }

    std::vector<std::string> command(const toml::table& table)
    {
        const std::vector<TomlText> words = m_toml.texts(table, "command");
        for (const TomlText& word : words) {
            check_words(word);
        }
        return values(words);
    }

    Each each(const toml::table& table)
    {
        return static_cast<Each>(m_toml.choice(table, "each", k_each).value_or(0));
    }

    std::vector<std::string> roles(const toml::table& table)
    {
        const std::vector<TomlText> texts = m_toml.texts(table, "roles");
        for (const TomlText& text : texts) {
            if (std::find(k_roles.begin(), k_roles.end(), text.value) == k_roles.end()) {
                m_toml.fail(text.place, "'" + util::printable(text.value) + "' is no role", "roles are login, compute and in-job");
            }
        }
        return values(texts);
    }

    std::optional<std::chrono::milliseconds> duration(const toml::table& table)
    {
        const auto text = m_toml.text(table, "deadline");
        const auto value = text ? util::parse_duration(text->value) : std::nullopt;
        if (text && (!value || value->count() <= 0 || *value > std::chrono::hours(1))) {
            m_toml.fail(text->place, "'" + util::printable(text->value) + "' is not a duration up to an hour", "as in 5s");
        }
        return value;
    }

    std::optional<std::uint64_t> size(const toml::table& table, std::string_view key)
    {
        const auto text = m_toml.text(table, key);
        const auto value = text ? util::parse_size(text->value) : std::nullopt;
        if (text && (!value || *value > k_most_kept)) {
            m_toml.fail(text->place, "'" + util::printable(text->value) + "' is not a size up to 64M", "as in 256K");
        }
        return value;
    }

    TomlReader& m_toml;
    ProbeBook& m_book;
};

Result<void> read_file(const std::filesystem::path& file, ProbeBook& book)
{
    HPCDOC_TRY_ASSIGN(std::string text, config::read_own_file(file));
    HPCDOC_TRY_ASSIGN(const config::TomlSource source, config::TomlSource::parse(file.string(), std::move(text)));
    TomlReader toml(source.source);
    ProbeReader(toml, book).read(source.root);
    return toml.result();
}

} // namespace

Result<ProbeBook> load_probes(std::span<const std::filesystem::path> dirs)
{
    ProbeBook book;
    for (const std::filesystem::path& dir : dirs) {
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> names, config::own_files_in(dir, ".toml"));
        for (const std::string& name : names) {
            HPCDOC_TRY(read_file(dir / name, book));
        }
    }
    if (book.probes.empty()) {
        return failure(Code::config, "no probes in '" + (dirs.empty() ? "" : dirs.front().string()) + "'",
                       "reinstall hpcdoc, or set HPCDOC_SHARE to its share directory");
    }
    return book;
}

std::string filled(std::string text, const Words& words)
{
    const std::array<std::pair<std::string_view, const std::string*>, 5> known{
        {{"{user}", &words.user}, {"{uid}", &words.uid}, {"{home}", &words.home}, {"{host}", &words.host}, {"{job}", &words.job}}};
    for (const auto& [word, value] : known) {
        text = util::replace_all(std::move(text), word, *value);
    }
    return text;
}

Probe filled(Probe probe, const Words& words)
{
    probe.id = filled(std::move(probe.id), words);
    probe.file = filled(std::move(probe.file), words);
    for (std::string& word : probe.command) {
        word = filled(std::move(word), words);
    }
    return probe;
}

Diagnosis filled(Diagnosis diagnosis, const Words& words)
{
    for (std::string& word : diagnosis.command) {
        word = filled(std::move(word), words);
    }
    return diagnosis;
}

} // namespace hpcdoc::bundle

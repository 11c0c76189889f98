// SPDX-License-Identifier: Apache-2.0
#include "redact/names.hpp"

#include <algorithm>
#include <array>

#include "redact/words.hpp"
#include "util/ascii.hpp"
#include "util/strings.hpp"

namespace hpcdoc::redact {

namespace {

// Whole singular segments: `max_num_tokens` and `tokenizers` are counts and switches.
constexpr std::array<std::string_view, 20> k_secret{"TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "PASS", "PSW",
    "CREDENTIAL", "CREDENTIALS", "JWT", "COOKIE", "APIKEY", "AUTHTOK", "BINDPW", "SECRETKEY", "ACCESSKEY", "AUTHKEY",
    "PGPASSWORD", "SSHPASS", "SKEY"};
constexpr std::array<std::string_view, 10> k_before_key{"API", "ACCESS", "PRIVATE", "SECRET", "SIGNING", "DEPLOY", "MASTER",
    "ENCRYPTION", "ACCOUNT", "AUTH"};
// What these name is about the secret, not the secret.
constexpr std::array<std::string_view, 32> k_about{"PATH", "PATHS", "FILE", "FILES", "FILENAME", "DIR", "URL", "URI", "ID", "IDS",
    "NAME", "TYPE", "COUNT", "SIZE", "TTL", "SOCK", "SOCKET", "LENGTH", "LEN", "LIMIT", "EXPIRY", "EXPIRES", "TIMEOUT", "LIFETIME",
    "ENABLED", "REQUIRED", "METHOD", "POLICY", "ENDPOINT", "MODE", "HELPER", "PARALLELISM"};
constexpr std::array<std::string_view, 4> k_password{"PASSWORD", "PASSWD", "PASSPHRASE", "PGPASSWORD"};

constexpr std::array<std::string_view, 22> k_no_value{"true", "false", "yes", "no", "on", "off", "null", "none", "nil", "undefined",
    "unset", "redacted", "hidden", "masked", "removed", "optional", "required", "string", "bytes", "default", "empty", "unknown"};
constexpr std::array<std::string_view, 20> k_prose{"instead", "option", "options", "flag", "argument", "from", "with", "when",
    "that", "must", "should", "cannot", "invalid", "incorrect", "expired", "missing", "wrong", "failed", "denied", "authentication"};

bool is_path(std::string_view value)
{
    if (value.starts_with("~/") || value.starts_with("./") || value.starts_with("../")) {
        return true;
    }
    const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return util::is_word_char(c) || c == '.' || c == '/' || c == '-' || c == '%'; });
    // Base64 may begin with a slash, but then seldom has the shape of a path.
    return value.starts_with('/') && plain && (value.size() <= 32 || value.find_first_of("._-") != std::string_view::npos);
}

bool is_number(std::string_view value)
{
    return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return util::is_digit(c) || c == '.' || c == ',' || c == '-' || c == '+'; });
}

bool is_mask(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [&value](char c) { return c == value.front(); }) || value.find("***") != std::string_view::npos;
}

bool is_reference(std::string_view value)
{
    constexpr std::array<std::string_view, 9> k_starts{"$", "%(", "{{", "<", "[REDACTED", "(null", "@{", "{$", "\\$"};
    return std::any_of(k_starts.begin(), k_starts.end(), [value](std::string_view start) { return value.starts_with(start); });
}

// "[PAD]": a token of a tokenizer.
bool is_placeholder(std::string_view value)
{
    return value.size() > 2 && value.front() == '[' && value.back() == ']' && std::all_of(value.begin() + 1, value.end() - 1, util::is_word_char);
}

// getpass(), os.environ["X"], self.token: what a traceback quotes.
bool is_code(std::string_view value)
{
    const std::size_t name = static_cast<std::size_t>(std::find_if_not(value.begin(), value.end(), [](char c) { return util::is_word_char(c) || c == '.'; }) - value.begin());
    if (name == 0 || util::is_digit(value.front())) {
        return false;
    }
    const std::string_view rest = value.substr(name);
    if (rest.starts_with('(') || rest.starts_with("[\"") || rest.starts_with("['")) {
        return true;
    }
    constexpr std::array<std::string_view, 8> k_objects{"self.", "args.", "cfg.", "config.", "os.", "opts.", "options.", "this."};
    return rest.empty() && std::any_of(k_objects.begin(), k_objects.end(), [value](std::string_view object) { return value.starts_with(object); });
}

// The parts of a name, without a copy of any: this is asked of every "key" in a log.
class Segments {
public:
    explicit Segments(std::string_view name) : m_name(name) {}

    std::string_view next() // empty: no more
    {
        while (m_at < m_name.size() && separator(m_name[m_at])) {
            ++m_at;
        }
        const std::size_t begin = m_at;
        while (m_at < m_name.size() && !separator(m_name[m_at]) && !(m_at > begin && hump(m_at))) {
            ++m_at;
        }
        return m_name.substr(begin, m_at - begin);
    }

private:
    static bool separator(char c) { return c == '_' || c == '-' || c == '.'; }
    bool hump(std::size_t at) const { return util::is_upper(m_name[at]) && (util::is_lower(m_name[at - 1]) || util::is_digit(m_name[at - 1])); }

    std::string_view m_name;
    std::size_t m_at = 0;
};

bool same(std::string_view part, std::string_view word) { return util::equal_ignoring_case(part, word); }

template<std::size_t count> bool is_segment_of(const std::array<std::string_view, count>& words, std::string_view part)
{
    return std::any_of(words.begin(), words.end(), [part](std::string_view word) { return word.size() == part.size() && same(part, word); });
}

} // namespace

std::vector<std::string> segments(std::string_view name)
{
    std::vector<std::string> found;
    Segments rest(name);
    for (std::string_view part = rest.next(); !part.empty(); part = rest.next()) {
        found.emplace_back(part);
        std::transform(part.begin(), part.end(), found.back().begin(), [](char c) { return util::is_lower(c) ? static_cast<char>(c - 32) : c; });
    }
    return found;
}

bool is_secret_name(std::string_view name)
{
    std::string_view before, last, first;
    bool secret = false;
    std::size_t count = 0;
    Segments rest(name);
    for (std::string_view part = rest.next(); !part.empty(); part = rest.next(), ++count) {
        const bool key = (same(part, "KEY") || same(part, "KEYS")) && is_segment_of(k_before_key, before);
        secret = secret || key || is_segment_of(k_secret, part);
        first = count == 0 ? part : first;
        before = last = part;
    }
    return (secret && !is_segment_of(k_about, last)) || (count == 2 && same(first, "MYSQL") && same(last, "PWD"));
}

bool is_password_name(std::string_view name)
{
    Segments rest(name);
    for (std::string_view part = rest.next(); !part.empty(); part = rest.next()) {
        if (is_segment_of(k_password, part)) {
            return true;
        }
    }
    return false;
}

bool is_harmless_value(std::string_view name, std::string_view value)
{
    const std::size_t least = is_password_name(name) ? 3 : 4;
    if (value.size() < least || is_reference(value)) {
        return true;
    }
    constexpr std::size_t k_longest_word = 4096; // of what is looked at in full
    if (value.size() > k_longest_word) {
        return false;
    }
    if (is_number(value) || is_placeholder(value) || is_path(value) || is_mask(value) || is_code(value)) {
        return true;
    }
    if (value.find("://") != std::string_view::npos) {
        return true; // a rule of its own looks for what is secret in a URL
    }
    const std::string small = util::to_lower(value);
    return is_in(k_no_value, small) || is_in(k_prose, small) || util::equal_ignoring_case(name, value) ||
           segments(value) == segments(name);
}

bool looks_random(std::string_view value)
{
    constexpr std::size_t k_enough = 512; // no secret shows itself later than here
    value = value.substr(0, k_enough);
    const bool letters = std::any_of(value.begin(), value.end(), [](char c) { return util::is_upper(c) || util::is_lower(c); });
    const bool digits = std::any_of(value.begin(), value.end(), util::is_digit);
    if (value.size() >= 8 && letters && digits) {
        return true;
    }
    // Letters only: in words, CamelCase ones too, upper and lower case do not change places all the time.
    std::size_t changes = 0;
    for (std::size_t at = 1; at < value.size(); ++at) {
        changes += util::is_upper(value[at]) != util::is_upper(value[at - 1]) ? std::size_t{1} : std::size_t{0};
    }
    return value.size() >= 16 && changes * 3 >= value.size();
}

} // namespace hpcdoc::redact

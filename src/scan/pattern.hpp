// SPDX-License-Identifier: Apache-2.0
// One regular expression (RE2, on bytes), compiled when it is first needed.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace hpcdoc::scan {

struct Capture {
    std::string_view name{}; // lives as long as the pattern
    std::string_view text{}; // part of the text searched
};

struct Match {
    std::size_t begin = 0, end = 0;
    std::vector<Capture> captures{}; // named groups that took part
};

// Copies share the compiled expression. Thread-safe.
class Pattern {
public:
    explicit Pattern(std::string expression);

    const std::string& expression() const;
    // What is wrong with the expression; nothing when it is good.
    std::optional<std::string> mistake() const;
    std::vector<std::string> names() const; // of the named groups
    // The first match that begins at or after `from` and lies before `to`. `^`, `$` and `\b` see the whole text. A
    // wrong expression matches nothing.
    std::optional<Match> find(std::string_view text, std::size_t from = 0, std::size_t to = std::string_view::npos) const;
    // The match that begins at `from` itself.
    std::optional<Match> find_at(std::string_view text, std::size_t from, std::size_t to = std::string_view::npos) const;
    bool matches(std::string_view text) const;

private:
    struct Compiled;
    enum class Anchor { none, start };
    const Compiled& compiled() const;
    std::optional<Match> search(std::string_view text, std::size_t from, std::size_t to, Anchor anchor) const;
    std::shared_ptr<Compiled> m_compiled;
};

} // namespace hpcdoc::scan

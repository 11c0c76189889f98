// SPDX-License-Identifier: Apache-2.0
// How every layer says that it could not look. Trouble that was found is a Finding, never an Error.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace hpcdoc {

enum class Code {
    usage,        // wrong command line
    config,       // wrong configuration or rule file
    not_found,    // the thing does not exist
    denied,       // no permission
    timed_out,    // the deadline passed: a hang is a fact worth reporting
    parse,        // text that is not what it should be
    io,           // the system said no
    unsupported,  // exists, but cannot be looked at (a FIFO as a log)
    not_recorded, // a replay was asked for what was never recorded
    interrupted,
    internal, // our own mistake
};

struct Error {
    Code code = Code::internal;
    std::string message{};            // what, on what, why: "cannot read '/etc/x': permission denied"
    std::string hint{};               // what the reader can do; may be empty
    std::vector<std::string> trail{}; // what we were doing, innermost first

    // Adds what was being done when the error passed by.
    Error in(std::string doing) &&;

    bool operator==(const Error&) const = default;
};

std::string_view to_string(Code code);

// "message (while doing, while doing)": one line, no hint.
std::string describe(const Error& error);

template<class T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Code code, std::string message, std::string hint = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint), {}});
}

} // namespace hpcdoc

// Leaves the function with the error, if there is one.
#define HPCDOC_TRY(expression)                                                                                         \
    do {                                                                                                               \
        if (auto hpcdoc_try_result = (expression); !hpcdoc_try_result) {                                               \
            return tl::unexpected(std::move(hpcdoc_try_result).error());                                               \
        }                                                                                                              \
    } while (false)

#define HPCDOC_CONCAT_INNER(a, b) a##b
#define HPCDOC_CONCAT(a, b) HPCDOC_CONCAT_INNER(a, b)

// HPCDOC_TRY_ASSIGN(auto text, host.read(file, cap));
#define HPCDOC_TRY_ASSIGN(target, expression)                                                                          \
    auto HPCDOC_CONCAT(hpcdoc_result_, __LINE__) = (expression);                                                       \
    if (!HPCDOC_CONCAT(hpcdoc_result_, __LINE__)) {                                                                    \
        return tl::unexpected(std::move(HPCDOC_CONCAT(hpcdoc_result_, __LINE__)).error());                             \
    }                                                                                                                  \
    target = std::move(*HPCDOC_CONCAT(hpcdoc_result_, __LINE__))

// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/result.hpp>

namespace hpcdoc {

Error Error::in(std::string doing) &&
{
    trail.push_back(std::move(doing));
    return std::move(*this);
}

std::string_view to_string(Code code)
{
    switch (code) {
    case Code::usage:
        return "usage";
    case Code::config:
        return "config";
    case Code::not_found:
        return "not-found";
    case Code::denied:
        return "denied";
    case Code::timed_out:
        return "timed-out";
    case Code::parse:
        return "parse";
    case Code::io:
        return "io";
    case Code::unsupported:
        return "unsupported";
    case Code::not_recorded:
        return "not-recorded";
    case Code::interrupted:
        return "interrupted";
    case Code::internal:
        return "internal";
    }
    return "internal";
}

std::string describe(const Error& error)
{
    std::string text = error.message;
    for (std::size_t i = 0; i < error.trail.size(); ++i) {
        text += i == 0 ? " (while " : ", while ";
        text += error.trail[i];
    }
    if (!error.trail.empty()) {
        text += ')';
    }
    return text;
}

} // namespace hpcdoc

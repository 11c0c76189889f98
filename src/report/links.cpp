// SPDX-License-Identifier: Apache-2.0
#include "report/links.hpp"

#include <algorithm>

namespace hpcdoc::report {

namespace {

constexpr std::string_view k_alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

bool only(std::string_view text, std::string_view more)
{
    return std::all_of(text.begin(), text.end(), [more](char c) {
        return k_alphanumeric.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos;
    });
}

} // namespace

bool web_address(std::string_view text)
{
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (text.starts_with(scheme)) {
            // RFC 3986, 2: reserved and unreserved, less the quotes and brackets that markup could trip over.
            return text.size() > scheme.size() && text.size() <= 2000 && only(text, "-._~:/?#@!$&()*+,;=%");
        }
    }
    return false;
}

bool mail_address(std::string_view text)
{
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 254) {
        return false;
    }
    return only(text.substr(0, at), "._+-") && only(text.substr(at + 1), ".-");
}

} // namespace hpcdoc::report

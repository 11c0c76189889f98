// SPDX-License-Identifier: Apache-2.0
#include "config/suggest.hpp"

#include <vector>

#include "util/strings.hpp"

namespace hpcdoc::config {

std::string suggest(std::string_view word, std::span<const std::string_view> known)
{
    const std::vector<std::string> words(known.begin(), known.end());
    // The distance is quadratic, and no name of ours is this long.
    if (word.size() <= 100) {
        if (const auto near = util::nearest(word, words)) {
            return "did you mean '" + *near + "'?";
        }
    }
    return known.empty() ? std::string() : "it can be: " + util::join(words, ", ");
}

} // namespace hpcdoc::config

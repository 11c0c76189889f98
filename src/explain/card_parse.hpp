// SPDX-License-Identifier: Apache-2.0
// TOML in, cards out. A mistake is Code::config: "file:line:column: what", the line, a caret.
#pragma once

#include <string>
#include <vector>

#include <hpcdoc/result.hpp>

#include "explain/card.hpp"

namespace hpcdoc::explain {

// What a file says of all its cards; `text` may end before the first of them.
Result<CardKind> parse_card_kind(std::string name, std::string text);
Result<std::vector<Card>> parse_cards(std::string name, std::string text);

} // namespace hpcdoc::explain

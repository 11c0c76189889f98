// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

#include "explain/cards.hpp"
#include "job/knowledge.hpp"

namespace hpcdoc::explain {

// All that can be asked for, a table a kind; with words: what has all of them.
Result<void> list_cards(const Context& ctx, const Cards& cards, const job::Knowledge& knowledge, std::string_view words, Report& report);

} // namespace hpcdoc::explain

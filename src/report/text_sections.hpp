// SPDX-License-Identifier: Apache-2.0
// The sections of a report on a terminal, in the order in which they are read.
#pragma once

#include <string_view>
#include <vector>

#include "report/text_writer.hpp"
#include "report/view.hpp"

namespace hpcdoc::report {

Paint paint_of(Standing standing);

void write_facts(TextWriter& out, const Report& report, const Style& style);
void write_verdict(TextWriter& out, const Finding& finding, const Style& style);
void write_table(TextWriter& out, const Table& table);
void write_more(TextWriter& out, std::string_view heading, const std::vector<const Finding*>& findings,
                const Style& style);
void write_unseen(TextWriter& out, const Report& report, const Style& style);
void write_seen(TextWriter& out, const Report& report);

} // namespace hpcdoc::report

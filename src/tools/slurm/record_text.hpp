// SPDX-License-Identifier: Apache-2.0
// Values of the "Key=Value" records that scontrol prints.
#pragma once

#include <hpcdoc/tools/slurm/parse.hpp>

namespace hpcdoc::slurm {

std::string value_in(const Record& record, std::string_view key); // empty: absent, or one of Slurm's words for nothing
std::optional<std::uint64_t> number_in(const Record& record, std::string_view key);
std::optional<std::uint64_t> megabytes_in(const Record& record, std::string_view key); // printed in MiB; bytes

// The records, each of which has `needed_key` (one of the last that Slurm prints): without it the text was cut.
// "Node n9 not found" is an empty list, any other text without records is Code::parse.
Result<std::vector<Record>> whole_records(std::string_view text, std::string_view first_key, std::string_view needed_key,
                                          std::string_view source);

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
// Which sacct columns hpcdoc reads, and where each goes.
#pragma once

#include <string_view>

#include "tools/slurm/setters.hpp"

namespace hpcdoc::slurm {

struct SacctField {
    std::string_view name{};
    Setter<Job> job = nullptr;   // nothing: not told, or not wanted, for a job
    Setter<Step> step = nullptr;
    bool free_text = false; // a user can write anything into it
    bool always = true;     // every version from 20.11 to 26.05 has it
};

const SacctField* sacct_field(std::string_view name);
std::span<const SacctField> sacct_table();

} // namespace hpcdoc::slurm

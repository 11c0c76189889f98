// SPDX-License-Identifier: Apache-2.0
// The data files that the examination of a job reads: what reasons, exit codes and memory figures mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <hpcdoc/context.hpp>
#include <hpcdoc/result.hpp>
#include <hpcdoc/tools/slurm/reasons.hpp>

#include "job/exit_codes.hpp"
#include "job/memory_meaning.hpp"

namespace hpcdoc::job {

class Knowledge {
public:
    static Result<Knowledge> load(const Context& ctx);

    // What Slurm's reason means. Reading all 221 rows costs more than the rest of an explanation, and one is enough:
    // only the row that is named is read, or all of them when the reason is a free text or unknown.
    Result<slurm::ReasonMatch> reason(std::string_view raw) const;

    Result<const std::vector<slurm::Reason>*> all_reasons() const;

    ExitCodes exit_codes{};
    MemoryMeanings memory{};

private:
    Result<void> read_all() const;

    std::string m_reasons{}, m_reasons_file{};
    mutable std::optional<slurm::Reasons> m_all{}; // read when first needed
};

} // namespace hpcdoc::job

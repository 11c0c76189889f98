// SPDX-License-Identifier: Apache-2.0
// What the numbers in "ExitCode=a:b" mean: share/hpcdoc/slurm/exit_codes.toml.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

namespace hpcdoc::job {

struct ExitMeaning {
    std::string name{};    // "SIGSEGV", "ESLURMD_IO_ERROR"
    std::string meaning{}; // for the reader
    std::string verdict{}; // the finding id this number alone leads to; may be empty
};

class ExitCodes {
public:
    static Result<ExitCodes> parse(std::string_view toml, std::string_view source);
    const ExitMeaning* status(int number) const { return find(m_status, number); }
    const ExitMeaning* signal(int number) const { return find(m_signal, number); }
    // slurmd's own error 4000+n, which Slurm shows as the signal n+32 (slurm_errno.h; 4021 & 127 = 53).
    const ExitMeaning* slurmd(int error) const { return find(m_slurmd, error); }

private:
    using Table = std::map<int, ExitMeaning>;
    static const ExitMeaning* find(const Table& table, int number);
    Table m_status{}, m_signal{}, m_slurmd{};
};

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
#include "job/knowledge.hpp"

#include <algorithm>
#include <utility>

namespace hpcdoc::job {

namespace {

// The table of the row `name = "REASON"`, without the others; empty when there is none.
std::string_view row_of(std::string_view toml, std::string_view reason)
{
    const std::string key = "\nname = \"" + std::string(reason) + "\"\n";
    const std::size_t at = toml.find(key);
    const std::size_t begin = at == std::string_view::npos ? at : toml.rfind("[[reason]]", at);
    if (begin == std::string_view::npos) {
        return {};
    }
    return toml.substr(begin, toml.find("\n[[", at) - begin); // to the end when it is the last one
}

bool plain_name(std::string_view text)
{
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), letter);
}

} // namespace

Result<Knowledge> Knowledge::load(const Context& ctx)
{
    Knowledge knowledge;
    HPCDOC_TRY_ASSIGN(knowledge.m_reasons, ctx.data("slurm/reasons.toml"));
    knowledge.m_reasons_file = (ctx.share / "slurm/reasons.toml").string();
    HPCDOC_TRY_ASSIGN(const std::string codes, ctx.data("slurm/exit_codes.toml"));
    HPCDOC_TRY_ASSIGN(knowledge.exit_codes, ExitCodes::parse(codes, (ctx.share / "slurm/exit_codes.toml").string()));
    HPCDOC_TRY_ASSIGN(const std::string memory, ctx.data("slurm/memory.toml"));
    HPCDOC_TRY_ASSIGN(knowledge.memory, MemoryMeanings::parse(memory, (ctx.share / "slurm/memory.toml").string()));
    return knowledge;
}

Result<slurm::ReasonMatch> Knowledge::reason(std::string_view raw) const
{
    if (!m_all && plain_name(raw)) {
        if (const std::string_view row = row_of(m_reasons, raw); !row.empty()) {
            if (const auto one = slurm::Reasons::parse(row, m_reasons_file); one) {
                return one->match(raw);
            }
        }
    }
    HPCDOC_TRY(read_all());
    return m_all->match(raw);
}

Result<void> Knowledge::read_all() const
{
    if (!m_all) {
        HPCDOC_TRY_ASSIGN(m_all, slurm::Reasons::parse(m_reasons, m_reasons_file));
    }
    return {};
}

Result<const std::vector<slurm::Reason>*> Knowledge::all_reasons() const
{
    HPCDOC_TRY(read_all());
    return &m_all->all();
}

} // namespace hpcdoc::job

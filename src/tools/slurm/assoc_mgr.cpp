// SPDX-License-Identifier: Apache-2.0
// scontrol show assoc_mgr flags=assoc,qos, as info_assoc_mgr.c prints it (20.11 to 26.05):
//   ClusterName=lab Account=research UserName=alice(2001) Partition= Priority=0 ID=5
//       GrpJobs=N(0) GrpJobsAccrue=N(0)
//       GrpTRES=cpu=1000(240),mem=N(0)
//   QOS=tiny(7)
//       …
//       User Limits
//         alice(2001)
//           MaxJobsPU=N(1) …
//           MaxTRESPU=cpu=1(1),mem=N(100)
#include <limits>

#include <fmt/format.h>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/text.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

std::uint64_t scaled(std::uint64_t value, std::uint64_t unit)
{
    return value > std::numeric_limits<std::uint64_t>::max() / unit ? std::numeric_limits<std::uint64_t>::max() : value * unit;
}

// "1000(240)", "N(0)", "10", "N(12.50)": nothing if it is none of these.
std::optional<LimitUse> limit_use(std::string_view text, std::uint64_t unit = 1)
{
    const auto [limit, used] = name_and_id(text);
    LimitUse use;
    if (limit != "N") {
        const std::optional<std::uint64_t> value = util::parse_unsigned(limit.substr(0, limit.find('.')));
        if (!value) {
            return std::nullopt;
        }
        use.limit = scaled(*value, unit);
    }
    use.used = scaled(util::parse_unsigned(used.substr(0, used.find('.'))).value_or(0), unit);
    return use;
}

bool wanted_field(std::string_view key)
{
    return key.substr(0, 3) == "Grp" || key.substr(0, 3) == "Max" || key.substr(0, 7) == "MinTRES";
}

bool in_mebibytes(std::string_view tres)
{
    return tres == "mem" || tres == "vmem";
}

using Limits = std::map<std::string, LimitUse, std::less<>>;

Limits limits_in(std::string_view value)
{
    Limits limits;
    if (!util::contains(value, "=")) {
        if (const std::optional<LimitUse> use = limit_use(value)) {
            limits.emplace("", *use);
        }
        return limits;
    }
    for (const std::string_view part : util::split(value, ',')) {
        const std::size_t equal = part.find('=');
        if (equal == std::string_view::npos) {
            continue;
        }
        const std::string_view tres = part.substr(0, equal);
        if (const std::optional<LimitUse> use = limit_use(part.substr(equal + 1), in_mebibytes(tres) ? k_mebibyte : 1)) {
            limits.emplace(tres, *use);
        }
    }
    return limits;
}

class AssocReader {
public:
    AssocReader(std::string_view user, std::string_view account)
        : m_user(name_and_id(user).first), m_account(account), m_uid(name_and_id(user).second)
    {
    }

    void take(std::string_view line);
    std::vector<LimitOwner> owners() && { return std::move(m_owners); }
    bool open() const { return !m_owners.empty(); }

private:
    enum class Section { own, accounts, users };

    void start_association(std::string_view line);
    void start_qos(std::string_view line);
    void take_fields(std::string_view line);
    void store(std::string_view key, Limits limits);
    bool is_user(std::string_view words) const;
    bool user_known() const { return !m_uid.empty() || m_section != Section::users || m_named; }

    std::string_view m_user, m_account;
    std::vector<LimitOwner> m_owners{};
    std::string m_uid{}; // of m_user, as an association tells it
    Section m_section = Section::own;
    bool m_inside = false; // of a record: user records are passed over
    bool m_ours = true;    // the account or user of the section is the one asked for
    bool m_named = false;  // the block of a user carries a name, not only the number
};

std::string_view field(std::string_view line, std::string_view key)
{
    const std::size_t at = line.find(key);
    if (at == std::string_view::npos || (at > 0 && line[at - 1] != ' ')) {
        return {};
    }
    line.remove_prefix(at + key.size());
    return line.substr(0, line.find(' '));
}

void AssocReader::start_association(std::string_view line)
{
    LimitOwner& owner = m_owners.emplace_back();
    owner.kind = "association";
    owner.account = std::string(field(line, "Account="));
    const auto [user, uid] = name_and_id(field(line, "UserName="));
    owner.user = std::string(user);
    if (!uid.empty() && user == m_user) {
        m_uid = std::string(uid);
    }
    owner.partition = std::string(field(line, "Partition="));
    owner.text = std::string(line);
    m_section = Section::own;
    m_inside = m_ours = true;
}

void AssocReader::start_qos(std::string_view line)
{
    LimitOwner& owner = m_owners.emplace_back();
    owner.kind = "qos";
    owner.name = std::string(name_and_id(field(line, "QOS=")).first);
    owner.text = std::string(line);
    m_section = Section::own;
    m_inside = m_ours = true;
}

// The limits of a QOS for each user and account are printed only below those who use it: the limit of another's block
// is ours too, the use is not.
void AssocReader::store(std::string_view key, Limits limits)
{
    if (!user_known()) {
        return; // whose use it is cannot be told, and 0 would be a lie
    }
    if (!m_ours) {
        for (auto& [tres, use] : limits) {
            use.used = 0;
        }
    }
    auto& all = m_owners.back().limits;
    const auto found = all.find(key);
    if (found == all.end()) {
        all.emplace(key, std::move(limits));
    } else if (m_ours && m_section != Section::own) {
        found->second = std::move(limits);
    }
}

// "alice(2001)", or "2001" where scontrol cannot find the name.
bool AssocReader::is_user(std::string_view words) const
{
    const auto [name, uid] = name_and_id(words);
    return name == m_user || (!m_uid.empty() && (words == m_uid || uid == m_uid));
}

void AssocReader::take_fields(std::string_view line)
{
    LimitOwner& owner = m_owners.back();
    for (const std::string_view word : util::split(line, ' ')) {
        const std::size_t equal = word.find('=');
        if (equal == std::string_view::npos) {
            continue;
        }
        const std::string_view key = word.substr(0, equal);
        const std::string_view value = word.substr(equal + 1);
        if (key == "ParentAccount") {
            owner.parent_account = std::string(name_and_id(value).first);
        } else if (key == "Flags") {
            owner.flags = std::string(value);
        } else if (wanted_field(key)) {
            if (Limits limits = limits_in(value); !limits.empty()) {
                store(key, std::move(limits));
            }
        }
    }
}

void AssocReader::take(std::string_view line)
{
    const std::string_view words = util::trim(line);
    if (words.empty()) {
        return;
    }
    if (line.front() != ' ') {
        m_inside = false;
        if (line.substr(0, 12) == "ClusterName=") {
            start_association(line);
        } else if (line.substr(0, 4) == "QOS=") {
            start_qos(line);
        }
        return;
    }
    if (!m_inside) {
        return;
    }
    if (words == "Account Limits" || words == "User Limits") {
        m_section = words == "User Limits" ? Section::users : Section::accounts;
        m_ours = false;
    } else if (m_section != Section::own && !util::contains(words, "=")) { // "alice(2001)", "No Users"
        m_ours = m_section == Section::users ? is_user(words) : words == m_account;
        m_named = words.find_first_not_of("0123456789") != std::string_view::npos;
    } else if (words.substr(0, 8) != "Comment=") { // anything may stand in a comment
        take_fields(words);
    }
    if (m_section == Section::own || m_ours) {
        m_owners.back().text += '\n' + std::string(line);
    }
}

} // namespace

Result<std::vector<LimitOwner>> parse_assoc_mgr(std::string_view text, std::string_view user, std::string_view account)
{
    AssocReader reader(user, account);
    for (const std::string_view line : util::lines(text)) {
        reader.take(line);
    }
    constexpr std::string_view k_heading = "Current Association Manager state";
    if (!reader.open() && !util::trim(text).empty() && !util::contains(text, k_heading)) {
        return failure(Code::parse,
                       fmt::format("output of scontrol show assoc_mgr is not what was asked for: {}", shown(util::trim(text))));
    }
    return std::move(reader).owners();
}

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
#include "redact/common_names.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "redact/words.hpp"
#include "util/ascii.hpp"
#include "util/strings.hpp"

namespace hpcdoc::redact {

namespace {

constexpr auto k_system = std::to_array<std::string_view>(
    {"root",     "daemon",          "bin",       "sys",         "adm",   "lp",
     "mail",     "nobody",          "nogroup",   "sshd",        "slurm", "munge",
     "users",    "wheel",           "sudo",      "staff",       "tty",   "disk",
     "dialout",  "cdrom",           "audio",     "video",       "games", "ftp",
     "www-data", "systemd-network", "localhost", "localdomain", "local", "localhost.localdomain"});

constexpr auto k_common = std::to_array<std::string_view>(
    {"test",   "tests",   "user",   "admin",    "guest",   "demo",    "debug",   "info",      "error",  "warning",
     "main",   "default", "normal", "short",    "long",    "batch",   "job",     "jobs",      "node",   "nodes",
     "host",   "hosts",   "login",  "compute",  "head",    "master",  "worker",  "server",    "client", "gpu",
     "cpu",    "mem",     "data",   "work",     "scratch", "home",    "project", "projects",  "group",  "shared",
     "share",  "tmp",     "temp",   "run",      "log",     "logs",    "bench",   "benchmark", "build",  "train",
     "model",  "models",  "eval",   "research", "lab",     "science", "student", "students",  "staff",  "all",
     "any",    "none",    "null",   "true",     "false",   "on",      "off",     "yes",       "no",     "new",
     "old",    "max",     "min",    "sum",      "mean",    "art",     "mark",    "will",      "may",    "june",
     "august", "grace",   "hope",   "faith",    "rose",    "bill",    "frank",   "miles",     "rich",   "pat",
     "sue",    "chase",   "drew",   "grant",    "lane",    "page",    "rob",     "ray",       "sky",    "van",
     "chance", "dash",    "jack",   "kit",      "ml",      "ai",      "hpc",     "mpi",       "cuda",   "python",
     "conda",  "spack",   "torch",  "array",    "step",    "rank",    "task",    "time"});

} // namespace

bool belongs_to_all(std::string_view name)
{
    const std::string small = util::to_lower(name);
    if (std::none_of(name.begin(), name.end(), util::is_letter) || is_in(k_system, small)) {
        return true;
    }
    for (const std::string_view kind : {"user-", "group-", "host-", "domain-", "nodes-", "address-"}) {
        if (small.starts_with(kind) && small.size() > kind.size() &&
            std::all_of(small.begin() + static_cast<std::ptrdiff_t>(kind.size()), small.end(), util::is_digit)) {
            return true;
        }
    }
    return false;
}

bool is_common_word(NameKind kind, std::string_view name)
{
    if (kind == NameKind::domain || kind == NameKind::directory) {
        return false;
    }
    const bool numbered_host =
        kind == NameKind::host && name.size() > 1 && std::any_of(name.begin(), name.end(), util::is_digit);
    return (name.size() < 3 && !numbered_host) || is_in(k_common, util::to_lower(name));
}

bool stands_as_name(std::string_view text, std::size_t begin, std::size_t end)
{
    constexpr auto k_before = std::to_array<std::string_view>(
        {"/home/",    "/users/",   "/user/",    "/people/",   "/u/",           "user=",     "username=",
         "logname=",  "userid=",   "owner=",    "group=",     "groupid=",      "account=",  "host=",
         "hostname=", "nodename=", "nodelist=", "batchhost=", "nodehostname=", "nodeaddr=", "~"});
    const std::string before =
        util::to_lower(text.substr(begin - std::min<std::size_t>(begin, 16), std::min<std::size_t>(begin, 16)));
    if (std::any_of(k_before.begin(), k_before.end(),
                    [&before](std::string_view word) { return before.ends_with(word); })) {
        return true;
    }
    const char next = end < text.size() ? text[end] : '\n';
    const char after = end + 1 < text.size() ? text[end + 1] : '\n';
    const bool id_before =
        before.ends_with('(') && before.size() > 1 && util::is_digit(before[before.size() - 2]); // "1001(test)"
    return before.ends_with('@') || id_before || (next == '@' && util::is_letter(after)) || (next == '(' && util::is_digit(after));
}

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
// Messages: slurm_errno.c, and what the commands of 20.11 to 26.05 print around them.
#include <algorithm>
#include <array>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

struct Message {
    std::string_view part; // lower case
    Trouble trouble;
};

// The first that fits counts: a cause stands before its consequences.
constexpr std::array k_messages = {
    Message{"invalid authentication credential", Trouble::auth_failed},
    Message{"munge encode failed", Trouble::auth_failed},
    Message{"munge decode failed", Trouble::auth_failed},
    Message{"munge daemon", Trouble::auth_failed},
    Message{"munge.socket", Trouble::auth_failed},
    Message{"expired credential", Trouble::auth_failed},
    Message{"rewound credential", Trouble::auth_failed},
    Message{"replayed credential", Trouble::auth_failed},
    Message{"unauthorized credential", Trouble::auth_failed},
    Message{"protocol authentication error", Trouble::auth_failed},
    Message{"authentication credential", Trouble::auth_failed},
    Message{"cannot create credential", Trouble::auth_failed},
    Message{"job credential revoked", Trouble::auth_failed},

    Message{"establish a configuration source", Trouble::not_configured},
    Message{"establish configuration source", Trouble::not_configured},
    Message{"failed to fetch config", Trouble::not_configured},
    Message{"dns srv lookup failed", Trouble::not_configured},
    Message{"unable to process configuration file", Trouble::not_configured},
    Message{"could not open/read/parse slurm.conf", Trouble::not_configured},
    Message{"unable to open configuration file", Trouble::not_configured},
    Message{"slurm.conf: no such file or directory", Trouble::not_configured},

    Message{"slurm accounting storage is disabled", Trouble::accounting_off},
    Message{"not running a supported accounting_storage plugin", Trouble::accounting_off},
    Message{"accounting storage plugin is not configured", Trouble::accounting_off},
    Message{"job completion plugin is not loaded", Trouble::accounting_off},

    Message{"failed to open persistent connection", Trouble::database_unreachable},
    Message{"persistinit", Trouble::database_unreachable},
    Message{"persist_conn", Trouble::database_unreachable},
    Message{"persistent connection", Trouble::database_unreachable},
    Message{"problem talking to the database", Trouble::database_unreachable},
    Message{"unable to connect to database", Trouble::database_unreachable},
    Message{"slurmdbd", Trouble::database_unreachable},
    Message{"sending dbd_", Trouble::database_unreachable},
    Message{"lost connection to mysql", Trouble::database_unreachable},

    Message{"unable to contact slurm controller", Trouble::controller_unreachable},
    Message{"unable to contact the slurm controller", Trouble::controller_unreachable},
    Message{"no controller found", Trouble::controller_unreachable},
    Message{"socket timed out", Trouble::controller_unreachable},
    Message{"zero bytes were transmitted or received", Trouble::controller_unreachable},
    Message{"communication connection failure", Trouble::controller_unreachable},
    Message{"communication send failure", Trouble::controller_unreachable},
    Message{"communication receive failure", Trouble::controller_unreachable},
    Message{"message receive failure", Trouble::controller_unreachable},
    Message{"slurm backup controller in standby mode", Trouble::controller_unreachable},
    Message{"incompatible versions of client and server code", Trouble::controller_unreachable},
    Message{"connect failure", Trouble::controller_unreachable},
    Message{"connection refused", Trouble::controller_unreachable},
    Message{"connection timed out", Trouble::controller_unreachable},
    Message{"no route to host", Trouble::controller_unreachable},
    Message{"unable to resolve", Trouble::controller_unreachable},

    Message{"invalid job id", Trouble::unknown_job},

    Message{"access/permission denied", Trouble::denied},
    Message{"user's group not permitted", Trouble::denied},
    Message{"access denied", Trouble::denied},
    Message{"permission denied", Trouble::denied},
    Message{"are not allowed to see", Trouble::denied},
    Message{"only operators or admins", Trouble::denied},

    Message{"invalid field requested", Trouble::invalid_field},
    Message{"invalid field specified", Trouble::invalid_field},
    Message{"invalid job format specification", Trouble::invalid_field},
    Message{"invalid format specification", Trouble::invalid_field},
    Message{"unrecognized option", Trouble::invalid_field},
    Message{"invalid option", Trouble::invalid_field},
    Message{"unknown option", Trouble::invalid_field},
};

Trouble trouble_of(const std::string& lower)
{
    const auto found = std::find_if(k_messages.begin(), k_messages.end(),
                                    [&](const Message& message) { return util::contains(lower, message.part); });
    return found == k_messages.end() ? Trouble::none : found->trouble;
}

// "Job 12_99 not found", alone: a job's name within other output must not pass for it.
bool not_found(std::string_view text)
{
    constexpr std::string_view k_start = "Job ";
    constexpr std::string_view k_end = " not found";
    text = util::trim(text);
    if (text.size() <= k_start.size() + k_end.size() || text.substr(0, k_start.size()) != k_start ||
        text.substr(text.size() - k_end.size()) != k_end) {
        return false;
    }
    const std::string_view id = text.substr(k_start.size(), text.size() - k_start.size() - k_end.size());
    return id.find_first_not_of("0123456789_+[]-,%") == std::string_view::npos;
}

// Some versions put their message on standard output; only a first line that no record starts with is looked at.
Trouble trouble_in_output(std::string_view out)
{
    if (not_found(out)) {
        return Trouble::unknown_job;
    }
    const std::string_view line = out.substr(0, out.find('\n'));
    constexpr std::array<std::string_view, 9> k_starts = {"slurm_load_", "slurm_",         "sacct: ",  "squeue: ", "scontrol: ",
                                                          "sstat: ",     "scontrol_print", "Slurm accounting storage", "Invalid "};
    const bool message = std::any_of(k_starts.begin(), k_starts.end(),
                                     [&](std::string_view start) { return line.substr(0, start.size()) == start; });
    return message ? trouble_of(util::to_lower(line)) : Trouble::none;
}

} // namespace

Trouble trouble_in(std::string_view err, std::string_view out)
{
    if (not_found(err)) {
        return Trouble::unknown_job;
    }
    const std::string lower = util::to_lower(err);
    if (util::contains(lower, "no steps running for job")) { // sstat: nothing runs, so nothing is used
        return Trouble::none;
    }
    Trouble trouble = trouble_of(lower);
    // sacct and sacctmgr talk to slurmdbd: their broken connection is not the controller's.
    if (trouble == Trouble::controller_unreachable && util::contains(lower, "sacct")) {
        trouble = Trouble::database_unreachable;
    }
    if (trouble == Trouble::none) {
        trouble = trouble_in_output(out);
    }
    if (trouble == Trouble::none && (util::contains(lower, "error:") || util::contains(lower, "fatal:"))) {
        trouble = Trouble::other;
    }
    return trouble;
}

} // namespace hpcdoc::slurm

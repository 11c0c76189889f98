// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/parse.hpp>

#include <doctest/doctest.h>

namespace trouble_test {

using namespace hpcdoc::slurm;

TEST_CASE("What a failing command says is told apart")
{
    struct Case {
        const char* err;
        Trouble trouble;
    };
    const Case cases[] = {
        {"slurm_load_jobs error: Invalid job id specified\n", Trouble::unknown_job},
        {"scontrol_print_job error: Invalid job id specified\n", Trouble::unknown_job},
        {"slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n", Trouble::controller_unreachable},
        {"squeue: error: Unable to contact slurm controller (connect failure)\nslurm_load_jobs error: …\n", Trouble::controller_unreachable},
        {"slurm_load_jobs error: Socket timed out on send/recv operation\n", Trouble::controller_unreachable},
        {"slurm_load_jobs error: Zero Bytes were transmitted or received\n", Trouble::controller_unreachable},
        {"Slurm accounting storage is disabled\n", Trouble::accounting_off},
        {"sacct: error: _open_persist_conn: failed to open persistent connection to host:localhost:6819: Connection refused\n"
         "sacct: error: Sending PersistInit msg: Connection refused\nsacct: error: Problem talking to the database: Connection refused\n",
         Trouble::database_unreachable},
        {"sacct: error: Problem talking to the database: Connection refused\n", Trouble::database_unreachable},
        {"sacct: error: Connection refused\n", Trouble::database_unreachable},
        {"slurm_load_jobs error: Invalid authentication credential\n", Trouble::auth_failed},
        {"squeue: error: Munge encode failed: Failed to access \"/run/munge/munge.socket.2\": No such file or directory\n"
         "squeue: error: slurm_send_node_msg: auth_g_create: REQUEST_JOB_INFO_SINGLE has authentication error\n"
         "slurm_load_jobs error: Protocol authentication error\n",
         Trouble::auth_failed},
        {"sacct: error: If munged is up, restart with --num-threads=10\nsacct: error: Munge encode failed: Failed to access "
         "\"/run/munge/munge.socket.2\": Permission denied\n",
         Trouble::auth_failed},
        {"sacct: error: resolve_ctls_from_dns_srv: res_nsearch error: Unknown host\nsacct: error: fetch_config: DNS SRV lookup failed\n"
         "sacct: error: _establish_config_source: failed to fetch config\nsacct: fatal: Could not establish a configuration source\n",
         Trouble::not_configured},
        {"squeue: error: s_p_parse_file: unable to status file /etc/slurm/slurm.conf: No such file or directory, retrying in 1sec up to 60sec\n"
         "squeue: fatal: Unable to process configuration file\n",
         Trouble::not_configured},
        {"sacct: fatal: Invalid field requested: \"StdOut\"\n", Trouble::invalid_field},
        {"Invalid field requested: \"StdOut\"\n", Trouble::invalid_field},
        {"squeue: unrecognized option '--foo'\n", Trouble::invalid_field},
        {"slurm_load_jobs error: Access/permission denied\n", Trouble::denied},
        {"slurm_update error: User's group not permitted to use this partition\n", Trouble::denied},
        {"sstat: error: couldn't get steps for job 5\n", Trouble::other},
        {"sstat: error: no steps running for job 5\n", Trouble::none},
        {"squeue: fatal: something new\n", Trouble::other},
        {"", Trouble::none},
        {"a warning of some plugin\n", Trouble::none},
    };
    for (const Case& one : cases) {
        CAPTURE(one.err);
        CHECK(trouble_in(one.err, "") == one.trouble);
    }
}

TEST_CASE("A message on standard output counts only where no record can be")
{
    CHECK(trouble_in("", "Job 12_99 not found\n") == Trouble::unknown_job);
    CHECK(trouble_in("", "Job 12+3 not found\n") == Trouble::unknown_job);
    CHECK(trouble_in("", "Slurm accounting storage is disabled\n") == Trouble::accounting_off);
    CHECK(trouble_in("", "JobId=5 JobName=Invalid job id specified\n   UserId=…") == Trouble::none);
    CHECK(trouble_in("", "JobId=5 JobName=x\nJob 12 not found\n") == Trouble::none);
    CHECK(trouble_in("", "5\x1fUnable to contact slurm controller\x1f\n") == Trouble::none);
    CHECK(trouble_in("", "Job of mine not found\n") == Trouble::none);
    CHECK(trouble_in("", "") == Trouble::none);
}

} // namespace trouble_test

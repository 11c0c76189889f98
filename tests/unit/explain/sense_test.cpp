// SPDX-License-Identifier: Apache-2.0
#include "world.hpp"

#include <algorithm>

using namespace hpcdoc;
using test::World;

namespace {

struct Meant {
    std::string_view text{}, id{}, label{};
};

// One word for what a short text means first.
constexpr Meant k_meant[] = {
    // exit codes
    {"137", "exit.137", "killed-sigkill"},
    {"0", "exit.0", "healthy"},
    {"1", "exit.1", "user-code-error"},
    {"255", "exit.255", "ssh-unreachable"},
    {"127", "exit.127", "exec-not-found"},
    {"42", "exit.42", "user-code-error"},
    {"exit code 1", "exit.1", "user-code-error"},
    {"Exit status: 126", "exit.126", "exec-permission"},
    {"exited with exit code 139", "exit.139", "segfault"},
    {"rc=2", "exit.2", "exec-not-found"},
    {"$? = 124", "exit.124", "setup-timeout"},
    {"returned non-zero exit status 1", "exit.1", "user-code-error"},
    {"command not found", "exit.127", "exec-not-found"},
    {"35072", "exit.137", "killed-sigkill"}, // 137 * 256, a raw wait status
    // pairs of Slurm's
    {"0:53", "job.output-unwritable", "missing-file"},
    {"ExitCode=0:53", "job.output-unwritable", "missing-file"},
    {"0:54", "job.prolog-failed", "prolog-failed"},
    {"0:52", "job.bad-interpreter", "script-no-interpreter"},
    {"0:125", "job-state.out-of-memory", "oom-host"},
    {"0:9", "signal.sigkill", "killed-sigkill"},
    {"1:0", "exit.1", "user-code-error"},
    {"0:0", "exit.0", "healthy"},
    {"RaisedSignal:53(Real-time signal 19)", "job.output-unwritable", "missing-file"},
    {"4022", "job.prolog-failed", "prolog-failed"},
    // signals
    {"SIGBUS", "signal.sigbus", "shm-too-small"},
    {"sigsegv", "signal.sigsegv", "segfault"},
    {"signal 9", "signal.sigkill", "killed-sigkill"},
    {"Signal: 11", "signal.sigsegv", "segfault"},
    {"9", "signal.sigkill", "killed-sigkill"},
    {"-11", "signal.sigsegv", "segfault"},
    {"exitcode : -9", "signal.sigkill", "killed-sigkill"},
    {"kill -9", "signal.sigkill", "killed-sigkill"},
    {"Segmentation fault (core dumped)", "signal.sigsegv", "segfault"},
    {"Killed", "signal.sigkill", "killed-sigkill"},
    // Slurm
    {"QOSMaxWallDurationPerJobLimit", "job.limit-never", "qos-limit"},
    {"(AssocGrpCPUMinutesLimit)", "job.budget-exhausted", "allocation-exhausted"},
    {"AssocMaxSubmitJobLimit", "job.limit-in-use", "submit-limit"},
    {"Priority", "job.waiting-priority", "healthy"},
    {"Reason=Resources", "job.waiting-resources", "healthy"},
    {"DependencyNeverSatisfied", "job.dependency-never-satisfied", "dependency-never-satisfied"},
    {"ReqNodeNotAvail, Reserved for maintenance", "job.reserved-for-maintenance", "node-unavailable"},
    {"NODE_FAIL", "job-state.node-fail", "node-fail"},
    {"OOM", "job-state.out-of-memory", "oom-host"},
    {"PD", "job-state.pending", "healthy"},
    {"CANCELLED by 1000", "job-state.cancelled", "user-cancelled"},
    {"CANCELLED+", "job-state.cancelled", "user-cancelled"},
    {"drain", "node-state.drain", "node-unavailable"},
    {"drain*", "node-state.not-responding", "node-unavailable"},
    {"DOWN*+DRAIN", "node-state.down", "node-unavailable"},
    {"idle~", "node-state.idle", "healthy"},
    {"inval", "node-state.invalid-reg", "slurm-node-hw-mismatch"},
    // the rest
    {"Xid 79", "xid.79", "gpu-hardware"},
    {"xid: 31", "xid.31", "cuda-illegal-access"},
    {"ENOSPC", "errno.enospc", "disk-full"},
    {"errno 122", "errno.edquot", "quota-exceeded"},
    {"[Errno 28]", "errno.enospc", "disk-full"},
    {"Disk quota exceeded", "errno.edquot", "quota-exceeded"},
    {"permission denied.", "errno.eacces", "permission-denied"},
    {"CrashLoopBackOff", "kubernetes.crash-loop-back-off", "k8s-start-error"},
    {"OOMKilled", "kubernetes.oom-killed", "k8s-oomkilled"},
    {"HTTP 429", "http.429", "registry-rate-limit"},
    {"403 Forbidden", "http.403", "permission-denied"},
    {"404", "http.404", "container-image-not-found"},
    {"MPI_ERR_TRUNCATE", "mpi.err-truncate", "mpi-truncate"},
    {"CUDA error 209", "cuda.error-no-kernel-image-for-device", "cuda-arch-unsupported"},
    {"cudaErrorNoKernelImageForDevice", "cuda.error-no-kernel-image-for-device", "cuda-arch-unsupported"},
    {"CUDA_ERROR_OUT_OF_MEMORY", "cuda.error-memory-allocation", "oom-gpu"},
    {"700", "cuda.error-illegal-address", "cuda-illegal-access"},
    {"ncclUnhandledCudaError", "nccl.unhandled-cuda-error", "nccl-config"},
    // messages, by the rules for logs
    {"ModuleNotFoundError: No module named 'numpy'", "python.module-missing", "missing-python-module"},
    {"NVRM: Xid (PCI:0000:3b:00): 109, pid=12, Ctxsw timeout", "gpu.xid-driver", "gpu-hardware"},
    {"solver: cannot write: Disk quota exceeded", "", "quota-exceeded"},
};

std::string all_tables(const Report& report)
{
    std::string text;
    for (const Table& table : report.tables()) {
        text += table.title + "\n";
        for (const std::vector<std::string>& row : table.rows) {
            text += row[0] + "\n";
        }
    }
    return text;
}

} // namespace

TEST_CASE("a code, a name or a text is explained by its likeliest meaning")
{
    World world;
    for (const Meant& meant : k_meant) {
        INFO(std::string(meant.text));
        const Report report = world.explained(std::string(meant.text));
        const Finding& verdict = *report.verdict();
        if (!meant.id.empty()) {
            CHECK(verdict.id == std::string(meant.id));
        }
        REQUIRE_FALSE(verdict.labels.empty());
        CHECK(verdict.labels.front() == std::string(meant.label));
        CHECK(verdict.title.find('?') == std::string::npos); // no placeholder without a value
        CHECK_FALSE(verdict.title.empty());
        if (verdict.severity >= Severity::warning) {
            CHECK_FALSE(verdict.evidence.empty());
            CHECK((!verdict.fixes.empty() || verdict.escalate));
        }
    }
}

TEST_CASE("what a number can be as well is told with how to ask for it")
{
    World world;
    const std::string also = all_tables(world.explained("13"));
    CHECK(also.find("hpcdoc explain 'errno 13'") != std::string::npos);
    CHECK(also.find("hpcdoc explain 'signal 13'") != std::string::npos);
    CHECK(also.find("hpcdoc explain 'Xid 13'") != std::string::npos);
    // Each of these gives that meaning and no other.
    for (const auto& [asked, id] : {std::pair("errno 13", "errno.eacces"), {"signal 13", "signal.sigpipe"}, {"Xid 13", "xid.13"}, {"exit code 13", "exit.13"}}) {
        const Report report = world.explained(asked);
        CHECK(report.verdict()->id == id);
        CHECK(report.tables().empty());
    }
}

TEST_CASE("what is not said to be a number of some kind stays what it is")
{
    World world;
    for (const char* text : {"Xid", "errno", "signal", "exit code", "HTTP", "exit code 99999", "Xid 9999", "0:200", "signal 99", "99999999999999999999", "-"}) {
        INFO(text);
        Report report;
        REQUIRE(world.explain({text}, report, "nothing of interest\n"));
        CHECK(report.verdict()->id == "explain.unknown");
        CHECK(report.verdict()->severity == Severity::note);
    }
}

TEST_CASE("a slip of the finger is asked back")
{
    World world;
    CHECK(all_tables(world.explained("SIGBUSS")).find("Did you mean\nhpcdoc explain SIGBUS\n") == 0);
    CHECK(all_tables(world.explained("NODE_FIAL")).find("hpcdoc explain NODE_FAIL\n") != std::string::npos);
    CHECK(all_tables(world.explained("AssocGrpCPUMinutsLimit")).find("hpcdoc explain AssocGrpCPUMinutesLimit\n") != std::string::npos);
}

TEST_CASE("a number that is none may be the id of a job")
{
    World world;
    const Report report = world.explained("7654321");
    CHECK(report.verdict()->id == "explain.unknown");
    REQUIRE_FALSE(report.verdict()->fixes.empty());
    CHECK(report.verdict()->fixes.front().commands.front() == "hpcdoc job explain 7654321");
}

TEST_CASE("the states of a node are told one by one")
{
    World world;
    const Report report = world.explained("DOWN*+DRAIN");
    REQUIRE(report.facts().size() == 3);
    CHECK(report.facts()[0].label == "DOWN");
    CHECK(report.facts()[1].label == "DRAIN");
    CHECK(report.facts()[2].label == "*");
    CHECK(world.explained("idle*+nonsense").verdict()->id == "explain.unknown");
}

TEST_CASE("hostile texts are explained or not, and shown safely")
{
    World world;
    const std::string long_line(10'000'000, 'x');
    for (const std::string& text : {long_line, std::string("%s%n%s%n"), std::string("\x1b[31mKilled\x1b[0m\x1b]0;title\x07"), std::string("a\0b\0c", 5),
                                    std::string("\xff\xfe\xfd"), std::string("../../etc/passwd"), std::string("'; rm -rf ~; '"), std::string("{number} {name}"),
                                    std::string("<script>alert(1)</script>"), std::string("((((((((((((((((((((", 20), std::string(100'000, '\n') + "x"}) {
        Report report;
        const auto done = world.explain({text}, report);
        REQUIRE(done);
        const std::string shown = render(report, Format::text, Style{});
        CHECK(shown.find('\x1b') == std::string::npos);
        CHECK(shown.find('\0') == std::string::npos);
        CHECK(shown.size() < 10'000);
        CHECK_FALSE(render(report, Format::json, Style{}).empty());
    }
}

TEST_CASE("nothing to explain is wrong usage, in one line")
{
    World world;
    for (const std::string& text : {std::string(), std::string("   "), std::string("\n\t\r\n"), std::string("\0\0", 2)}) {
        Report report;
        const auto done = world.explain({text}, report);
        REQUIRE_FALSE(done);
        CHECK(done.error().code == Code::usage);
        CHECK(done.error().message == "the text is empty: there is nothing to explain");
    }
    Report report;
    const auto piped = world.explain({"-"}, report, " \n");
    REQUIRE_FALSE(piped);
    CHECK(piped.error().message == "standard input is empty: there is nothing to explain");
}

// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/filename.hpp>

#include <doctest/doctest.h>

namespace filename_test {

using namespace hpcdoc;
using slurm::expand_filename;
using slurm::Job;
using slurm::log_paths;

namespace {

Job plain()
{
    Job job;
    job.id = "128";
    job.raw_id = 128;
    job.name = "train";
    job.user = "alice";
    job.work_dir = "/home/alice";
    job.node_list = "n[07-09],x1";
    return job;
}

Job task()
{
    Job job = plain();
    job.id = "120_17";
    job.array_job = 120;
    job.array_task = 17;
    return job;
}

using Paths = std::vector<std::string>;

} // namespace

TEST_CASE("The patterns of sbatch are expanded as slurmstepd does")
{
    struct Case {
        const char* pattern;
        const char* plain;
        const char* task;
    };
    const Case cases[] = {
        {"slurm-%j.out", "slurm-128.out", "slurm-128.out"},
        {"slurm-%A_%a.out", "slurm-128_4294967294.out", "slurm-120_17.out"},
        {"%5j", "00128", "00128"},
        {"%05j", "00128", "00128"},
        {"%2j", "128", "128"},
        {"%99j", "0000000128", "0000000128"},
        {"%3a", "4294967294", "017"},
        {"%J-%s-%t-%n-%3t", "128-batch-0-0-000", "128-batch-0-0-000"},
        {"%b", "4", "7"},
        {"%N/%u/%x", "n07/alice/train", "n07/alice/train"},
        {"%10x", "train", "train"},
        {"100%%", "100%", "100%"},
        {"%%j", "%j", "%j"},
        {"%q-%", "%q-%", "%q-%"},
        {"%", "%", "%"},
        {"%5", "%5", "%5"},
        {"%5%j", "%5128", "%5128"},
        {"", "", ""},
        {"~/x", "~/x", "~/x"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.pattern);
        CHECK(expand_filename(one.pattern, plain()).path == one.plain);
        CHECK(expand_filename(one.pattern, task()).path == one.task);
        CHECK_FALSE(expand_filename(one.pattern, plain()).unsure);
    }
}

TEST_CASE("A backslash anywhere turns replacement off")
{
    CHECK(expand_filename("a\\b%j", plain()).path == "ab%j");
    CHECK(expand_filename("%j\\\\x", plain()).path == "%j\\x");
    CHECK(expand_filename("%j\\", plain()).path == "%j");
}

TEST_CASE("What the job does not tell stays as it is and is marked")
{
    for (const char* pattern : {"%j", "%N", "%u", "%x", "%r", "%A", "%S"}) {
        CAPTURE(pattern);
        const auto expanded = expand_filename(pattern, Job{});
        CHECK(expanded.unsure);
        CHECK(expanded.path == pattern);
    }
    Job rest = task();
    rest.array_task.reset();
    CHECK(expand_filename("%a", rest).unsure);
    rest.restarts = 2;
    CHECK(expand_filename("%r", rest).path == "2");
    rest.node_list = "n[";
    CHECK(expand_filename("%N", rest).unsure);
    rest.node_list = "rack1-[2,5]-ib.cluster.org";
    CHECK(expand_filename("%N", rest).path == "rack1-2-ib");
}

TEST_CASE("The log is looked for where Slurm says, then in the default places")
{
    Job job = plain();
    CHECK(log_paths(job).output == Paths{"/home/alice/slurm-128.out"});
    CHECK(log_paths(job).error.empty());
    job.std_out = job.std_err = "/scratch/log-%j.txt";
    CHECK(log_paths(job).output == Paths{"/scratch/log-128.txt", "/home/alice/slurm-128.out"});
    CHECK(log_paths(job).error.empty());
    job.std_err = "err/%x.log";
    CHECK(log_paths(job).error == Paths{"/home/alice/err/train.log"});
    job.std_err = "(null)";
    CHECK(log_paths(job).error.empty());
    job.std_err = "/scratch/log-128.txt"; // the same file, told in another way
    CHECK(log_paths(job).error.empty());
    CHECK(log_paths(Job{}).output.empty());
}

TEST_CASE("Slurm's own mistakes in the path are corrected")
{
    Job job = task();
    job.std_out = "/home/alice/slurm-120_4294967294.out";
    CHECK(log_paths(job).output == Paths{"/home/alice/slurm-120_17.out", "/home/alice/slurm-120_4294967294.out"});

    Job component = plain();
    component.het_job = 127;
    component.het_offset = 1;
    component.std_out = "/data/128/slurm-128.out";
    CHECK(log_paths(component).output ==
          Paths{"/data/128/slurm-127.out", "/data/128/slurm-128.out", "/home/alice/slurm-127.out"});
}

} // namespace filename_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <limits>

#include "util/units.hpp"

namespace units_test {

using namespace hpcdoc::util;
using namespace std::chrono_literals;
using std::chrono::sys_seconds;

TEST_CASE("sizes are read as Slurm writes them, base 1024")
{
    CHECK(parse_size("4000M") == 4000ull << 20);
    CHECK(parse_size("1.50G") == 3ull << 29);
    CHECK(parse_size("3416K") == 3416ull << 10);
    CHECK(parse_size("512") == 512u);
    CHECK(parse_size("0") == 0u);
    CHECK(parse_size("0.5") == 1u);
    CHECK(parse_size("4", 1u << 20) == 4ull << 20);
    CHECK(parse_size("4GB") == 4ull << 30);
    CHECK(parse_size("3.5 GiB") == 7ull << 29);
    CHECK(parse_size("15E") == 15ull << 60);
}

TEST_CASE("what is not a size is nothing")
{
    for (const char* wrong : {"", "G", "16?", "4000Mn", "4Gc", "-1", "1..5G", "1.", ".5G", "4 ", " 4", "1e3", "16E",
                              "99999999999999999999", "18446744073709551615K", "4X", "4Gi3", "NaN", "UNLIMITED"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_size(wrong));
    }
}

TEST_CASE("a size for people has one decimal unless it is exact")
{
    CHECK(human_size(0) == "0 B");
    CHECK(human_size(1023) == "1023 B");
    CHECK(human_size(512ull << 20) == "512 MiB");
    CHECK(human_size(4ull << 30) == "4 GiB");
    CHECK(human_size((4ull << 30) - (20ull << 20)) == "4.0 GiB");
    CHECK(human_size(4187593114) == "3.9 GiB");
    CHECK(human_size((1ull << 30) - 1) == "1.0 GiB");
    CHECK(human_size(std::numeric_limits<std::uint64_t>::max()) == "16.0 EiB");
}

TEST_CASE("a size for --mem is rounded up to what Slurm takes")
{
    CHECK(slurm_size(4ull << 30) == "4G");
    CHECK(slurm_size(1536ull << 20) == "1536M");
    CHECK(slurm_size(1) == "1M");
    CHECK(slurm_size((4ull << 30) + 1) == "4097M");
    CHECK(slurm_size(0) == "0");
    CHECK(slurm_size(std::numeric_limits<std::uint64_t>::max()) == "17179869184G");
}

TEST_CASE("elapsed times are read in every form Slurm prints")
{
    CHECK(parse_elapsed("1-02:03:04") == 93784s);
    CHECK(parse_elapsed("02:03:04") == 7384s);
    CHECK(parse_elapsed("03:04") == 184s);
    CHECK(parse_elapsed("0:05") == 5s);
    CHECK(parse_elapsed("03:04.567") == 184567ms);
    CHECK(parse_elapsed("03:04.5") == 184500ms);
    CHECK(parse_elapsed("49710-06:28:15") == 4294967295s);
    for (const char* wrong : {"", "UNLIMITED", "INVALID", "Partition_Limit", "5", "1-02", "1-02:03", "00:61", "1:2:3:4",
                              "a:b", "-1:00", "00:00:", "00:00.", "9999999999:00"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_elapsed(wrong));
    }
}

TEST_CASE("a time limit is read as sbatch reads it")
{
    CHECK(parse_time_limit("90") == 90min);
    CHECK(parse_time_limit("90:00") == 90min);
    CHECK(parse_time_limit("24:00:00") == 24h);
    CHECK(parse_time_limit("1-") == 24h);
    CHECK(parse_time_limit("1-12") == 36h);
    CHECK(parse_time_limit("1-12:30") == 36h + 30min);
    CHECK(parse_time_limit("1-12:30:05") == 36h + 30min + 5s);
    CHECK(parse_time_limit("10-100:00:00") == 340h);
    for (const char* wrong :
         {"", "0", "00:00:00", "UNLIMITED", "INFINITE", "-1", "2h", "1-2-3", "1:2:3:4", ":", "NO_VAL"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_time_limit(wrong));
    }
}

TEST_CASE("durations are written for Slurm and for people")
{
    CHECK(slurm_time(93784s) == "1-02:03:04");
    CHECK(slurm_time(10min) == "00:10:00");
    CHECK(slurm_time(0s) == "00:00:00");
    CHECK(slurm_time(-5s) == "-00:00:05");
    CHECK(human_time(93784s) == "1 day 2 h");
    CHECK(human_time(605s) == "10 min 5 s");
    CHECK(human_time(3s) == "3 s");
    CHECK(human_time(0s) == "0 s");
    CHECK(human_time(48h) == "2 days");
    CHECK(human_time(1h) == "1 h");
    CHECK(human_time(std::chrono::seconds::min()).starts_with("-106751991167300 days"));
}

TEST_CASE("a stamp of Slurm is local time")
{
    const sys_seconds noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + 13h + 3min;
    CHECK(parse_stamp("2026-11-25T14:03:00", 1h) == noon);
    CHECK(parse_stamp("2026-11-25T14:03", 1h) == noon);
    CHECK(parse_stamp("2024-02-29 00:00:00", 0s).has_value());
    for (const char* wrong :
         {"", "Unknown", "None", "N/A", "2026-11-25", "2026-02-30T00:00:00", "2026-13-01T00:00:00",
          "2026-11-25T24:00:00", "2026-11-25T14:03:00Z", "2026-11-25T14:03:00 ", "1764079380", "2026-11-25T1:03:000"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_stamp(wrong, 0s));
    }
}

TEST_CASE("times are shown in local time and stored in UTC")
{
    const sys_seconds time = std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + 23h + 30min + 7s;
    CHECK(local_stamp(time, 1h) == "2026-11-26 00:30");
    CHECK(rfc3339(time) == "2026-11-25T23:30:07Z");
    CHECK(rfc3339(sys_seconds{0s}) == "1970-01-01T00:00:00Z");
    CHECK(rfc3339(sys_seconds::max()) == "9999-12-31T23:59:59Z");
    CHECK(local_stamp(sys_seconds::min(), -1h) == "0000-01-01 00:00");
}

TEST_CASE("durations of our own options name their units, large ones first")
{
    CHECK(parse_duration("10") == 10s);
    CHECK(parse_duration("10s") == 10s);
    CHECK(parse_duration("5m") == 5min);
    CHECK(parse_duration("5min") == 5min);
    CHECK(parse_duration("1h30m") == 90min);
    CHECK(parse_duration("2d") == 48h);
    CHECK(parse_duration("250ms") == 250ms);
    CHECK(parse_duration("1.5s") == 1500ms);
    for (const char* wrong : {"", "s", "10x", "30m1h", "1m1m", "1m1min", "-1s", "1 s", "1h30", ".5s", "1..s",
                              "99999999999999999999", "9999999999999999999d"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_duration(wrong));
    }
}

} // namespace units_test

// SPDX-License-Identifier: Apache-2.0
// Every parser of Slurm's output against what a broken pipe, a full disk or a mischievous user makes of real output.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <hpcdoc/tools/slurm/filename.hpp>
#include <hpcdoc/tools/slurm/job_id.hpp>
#include <hpcdoc/tools/slurm/parse.hpp>
#include <hpcdoc/tools/slurm/reasons.hpp>

#include "sample.hpp"

using namespace hpcdoc;
using namespace std::chrono_literals;
using namespace std::string_view_literals;

namespace {

class Random { // xorshift64: the same sequence everywhere
public:
    std::size_t below(std::size_t bound)
    {
        m_state ^= m_state << 13U;
        m_state ^= m_state >> 7U;
        m_state ^= m_state << 17U;
        return bound == 0 ? 0 : static_cast<std::size_t>(m_state % bound);
    }

private:
    std::uint64_t m_state = 0x9e3779b97f4a7c15;
};

void check_error(const Error& error)
{
    const std::string all = error.message + error.hint;
    const bool harmless = std::none_of(all.begin(), all.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
    CHECK_MESSAGE(harmless, "a control character in an error message");
    CHECK(all.size() < 2000);
    CHECK_FALSE(error.message.empty());
}

template<class T> void check(const Result<T>& result)
{
    if (!result) {
        check_error(result.error());
    }
}

struct Target {
    const char* sample;
    std::function<void(std::string_view)> parse;
};

std::vector<Target> targets()
{
    const std::vector<std::string> fields = slurm::sacct_fields(sample("sacct-helpformat-22.05.txt"));
    return {
        {"sacct-22.05.txt", [fields](std::string_view text) {
             const auto jobs = slurm::parse_sacct(text, fields, 1h);
             check(jobs);
             for (const slurm::Job& job : jobs.value_or(std::vector<slurm::Job>{})) {
                 slurm::log_paths(job);
             }
         }},
        {"sacct-helpformat-22.05.txt", [](std::string_view text) { CHECK_FALSE(slurm::sacct_fields(text).empty()); }},
        {"scontrol-jobs-22.05.txt", [](std::string_view text) {
             const auto found = slurm::parse_scontrol_job(text, 1h);
             check(found);
             for (const slurm::Job& job : found.value_or(slurm::ControllerJobs{}).jobs) {
                 slurm::log_paths(job);
                 slurm::parse_dependency(job.dependency);
             }
         }},
        {"squeue-22.05.txt", [](std::string_view text) { check(slurm::parse_squeue(text, 1h)); }},
        {"sstat-22.05.txt", [](std::string_view text) { check(slurm::parse_sstat(text)); }},
        {"node-22.05.txt", [](std::string_view text) { check(slurm::parse_nodes(text, 1h)); }},
        {"partition-22.05.txt", [](std::string_view text) { check(slurm::parse_partitions(text)); }},
        {"reservation-22.05.txt", [](std::string_view text) { check(slurm::parse_reservations(text, 1h)); }},
        {"license-22.05.txt", [](std::string_view text) { slurm::parse_licenses(text); }},
        {"assoc-mgr-22.05.txt", [](std::string_view text) { check(slurm::parse_assoc_mgr(text, "alice", "bio")); }},
        {"README.md", [](std::string_view text) {
             slurm::parse_config(text);
             slurm::trouble_in(text, text);
             slurm::parse_dependency(text);
             slurm::parse_tres(text);
             check(slurm::parse_job_id(text));
             slurm::expand_filename(text, slurm::Job{});
             check(slurm::Reasons::parse(text, "x.toml"));
         }},
    };
}

// Bytes that mean something to a parser.
constexpr std::string_view k_sharp = "\x1f\n\r\0 =,:()[]+-_%\\.*?|'\"0129aJ\x1b\x80\xff"sv;

std::string mutated(std::string text, Random& random)
{
    const std::size_t changes = 1 + random.below(8);
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
        const std::size_t at = random.below(text.size());
        const std::size_t length = std::min(text.size() - at, 1 + random.below(60));
        switch (random.below(5)) {
        case 0: text[at] = k_sharp[random.below(k_sharp.size())]; break;
        case 1: text.erase(at, length); break;
        case 2: text.insert(at, text.substr(random.below(text.size()), length)); break;
        case 3: text.insert(at, std::string(1 + random.below(30), k_sharp[random.below(k_sharp.size())])); break;
        default: text.insert(at, std::to_string(random.below(~std::size_t{0}))); break;
        }
    }
    return text;
}

} // namespace

TEST_CASE("No parser minds where its input ends")
{
    for (const Target& target : targets()) {
        CAPTURE(target.sample);
        const std::string text = sample(target.sample);
        const std::size_t step = std::max<std::size_t>(1, text.size() / 300);
        for (std::size_t length = 0; length <= text.size(); length += step) {
            target.parse(std::string_view(text).substr(0, length));
            target.parse(std::string_view(text).substr(text.size() - length));
        }
    }
}

TEST_CASE("No parser minds what its input holds")
{
    Random random;
    for (const Target& target : targets()) {
        CAPTURE(target.sample);
        const std::string text = sample(target.sample);
        for (int i = 0; i < 300; ++i) {
            target.parse(mutated(text, random));
        }
    }
}

TEST_CASE("No parser minds the output of another command, or garbage")
{
    std::vector<std::string> texts;
    for (const Target& target : targets()) {
        texts.push_back(sample(target.sample));
    }
    for (const char c : k_sharp) {
        texts.emplace_back(5'000, c);
    }
    std::string all(256, '\0');
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = static_cast<char>(i);
    }
    texts.push_back(all);
    for (const Target& target : targets()) {
        CAPTURE(target.sample);
        for (const std::string& text : texts) {
            target.parse(text);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// A directory of a test's own, kept only when the test failed.
#pragma once

#include <atomic>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include <doctest/doctest.h>

namespace hpcdoc::test {

// doctest tells only its listeners how many assertions have failed.
class FailureCount final : public doctest::IReporter {
public:
    explicit FailureCount(const doctest::ContextOptions&) {}

    static int value() { return s_count; }

    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats&) override {}
    void test_case_start(const doctest::TestCaseData&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void test_case_exception(const doctest::TestCaseException&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData& data) override { s_count += data.m_failed ? 1 : 0; }
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}

private:
    inline static std::atomic<int> s_count{0};
};

inline const int k_failure_count_registered = doctest::registerReporter<FailureCount>("failure-count", 1, false);

class TempDir {
public:
    TempDir()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "hpcdoc-test-XXXXXX").native();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        m_path = pattern;
    }
    ~TempDir()
    {
        if (FailureCount::value() > m_failures_before || std::uncaught_exceptions() > 0) {
            MESSAGE("kept: ", m_path.native());
            return;
        }
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    std::filesystem::path write(std::string_view name, std::string_view content, unsigned mode = 0644) const
    {
        const std::filesystem::path file = m_path / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << content;
        std::filesystem::permissions(file, static_cast<std::filesystem::perms>(mode));
        return file;
    }

private:
    std::filesystem::path m_path{};
    int m_failures_before = FailureCount::value();
};

} // namespace hpcdoc::test

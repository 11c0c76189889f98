// SPDX-License-Identifier: Apache-2.0
// Runs programs on this machine.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/runner.hpp>

namespace hpcdoc {

struct PosixOptions {
    std::vector<std::filesystem::path> tool_path{}; // where a plain program name is looked for, in this order
    std::string inherited_path{}; // the caller's PATH: its trusted directories are searched after tool_path
    std::stop_token stop{};       // requested: every child is ended and no new one begins
    bool changes_allowed = false; // only while a plan is applied
};

// A child gets its own session (no terminal to ask questions on), no descriptor of ours, default signals and the
// environment of its policy alone. A sink that has enough ends its child, and the Completion says how it ended.
std::unique_ptr<Runner> make_posix_runner(PosixOptions options);

// /usr/bin, /bin … and where Slurm is usually installed.
const std::vector<std::filesystem::path>& default_tool_path();

// The directories of a PATH that, with all their parents, belong to root and nobody else may write to. One on a dead
// mount is left out.
std::vector<std::filesystem::path> trusted_path_dirs(std::string_view path);

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// The machine we run on.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>

#include <hpcdoc/host.hpp>

namespace hpcdoc {

struct PosixHostOptions {
    std::chrono::milliseconds deadline{3'000}; // for each question that can hang
    std::stop_token stop{};                    // requested: questions end with Code::interrupted
};

// A mount that did not answer is not asked again for half a minute: each question there fails at once.
std::unique_ptr<Host> make_posix_host(PosixHostOptions options = {});

} // namespace hpcdoc

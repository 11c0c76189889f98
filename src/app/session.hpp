// SPDX-License-Identifier: Apache-2.0
// The doors of one run: live, or replayed from a recording; and, if wanted, recorded.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <hpcdoc/command.hpp>

#include "app/global_options.hpp"

namespace hpcdoc::app {

struct SessionRequest {
    std::string from{}, record{};
    std::vector<std::string> command{}; // as typed, for the recording
    std::filesystem::path share{};
    std::stop_token stop{};
    Effect effect = Effect::reads; // of the command
    bool finds_secrets = false;
};

class Session {
public:
    static Result<std::unique_ptr<Session>> open(const Config& config, const SessionRequest& request);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Context context(Terminal& terminal) const;
    const Host& host() const;

    // Writes the recording, if one is wanted: whole or not at all.
    Result<void> write_recording();
    // What a strict replay complains of, a line each: asked for but not recorded, and recorded but not asked for.
    std::vector<std::string> unmatched() const;
    std::vector<std::string> unused() const;

private:
    struct Doors;
    explicit Session(std::unique_ptr<Doors> doors);
    std::unique_ptr<Doors> m_doors;
};

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
// Settings, each with its origin and with who may set it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc {

enum class Layer { builtin, site, user, environment, command_line }; // later wins, if the key's policy lets it

// On a shared machine a setting can be a privilege: which binary is run, where a report is sent.
// Such keys are taken from the site's files and the command line, never from a user's file or the environment.
enum class MaySet { anyone, site_only };

struct Setting {
    using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>, std::chrono::seconds>;
    Value value{};
    Layer layer = Layer::builtin;
    std::string where{}; // "/etc/hpcdoc/hpcdoc.toml:12", "HPCDOC_COLOR", "-c color=never"
};

struct ConfigSources {
    std::vector<std::filesystem::path> site{},
        user{}; // missing files are fine; .d directories are expanded by the caller
    std::map<std::string, std::string> environment{}; // HPCDOC_* only: HPCDOC_JOB_LOG_TAIL sets job.log_tail
    std::vector<std::string> overrides{};             // "key=value"
};

class Config {
public:
    static Config builtin();
    // Wrong key, type or policy: Code::config with file:line, the reason and the nearest name.
    static Result<Config> load(const ConfigSources& sources);

    // The key must be in the schema and of this type; anything else is our own mistake (asserted).
    bool flag(std::string_view key) const;
    std::int64_t number(std::string_view key) const;
    double real(std::string_view key) const;
    const std::string& text(std::string_view key) const;
    const std::vector<std::string>& list(std::string_view key) const;
    std::chrono::seconds duration(std::string_view key) const;

    const Setting& setting(std::string_view key) const;
    using Visitor = std::function<void(std::string_view key, const Setting& setting)>;
    void visit(const Visitor& visitor) const; // sorted by key

private:
    std::map<std::string, Setting, std::less<>> m_settings{};
};

std::string_view to_string(Layer layer);
std::string to_string(const Setting::Value& value); // as it would be written in TOML

} // namespace hpcdoc

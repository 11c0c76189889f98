// SPDX-License-Identifier: Apache-2.0
#include "exec/environment.hpp"

#include <algorithm>
#include <cstdlib>

#include "exec/posix_runner.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

std::string joined(std::span<const std::filesystem::path> dirs)
{
    std::string text;
    for (const std::filesystem::path& dir : dirs) {
        text += (text.empty() ? "" : ":") + dir.native();
    }
    return text;
}

std::string path_with(std::span<const std::filesystem::path> tool_path)
{
    std::vector<std::filesystem::path> dirs(tool_path.begin(), tool_path.end());
    for (const std::filesystem::path& dir : default_tool_path()) {
        if (std::find(dirs.begin(), dirs.end(), dir) == dirs.end()) {
            dirs.push_back(dir);
        }
    }
    return joined(dirs);
}

} // namespace

const std::vector<std::filesystem::path>& default_tool_path()
{
    static const std::vector<std::filesystem::path> dirs{
        "/usr/bin",        "/bin",           "/usr/local/bin",         "/usr/sbin",           "/sbin",
        "/usr/local/sbin", "/opt/slurm/bin", "/opt/slurm/default/bin", "/usr/local/slurm/bin"};
    return dirs;
}

EnvPolicy EnvPolicy::scrubbed()
{
    EnvPolicy policy;
    policy.keep = {"HOME",
                   "USER",
                   "LOGNAME",
                   "SHELL",
                   "TZ",
                   "TMPDIR",
                   "KRB5CCNAME",
                   "KRB5_CONFIG",
                   "SSH_AUTH_SOCK",
                   "XDG_RUNTIME_DIR",
                   "XDG_CONFIG_HOME",
                   "SLURM_CONF",
                   "SLURM_CONF_SERVER",
                   "SLURM_JWT"};
    policy.set = {{"PATH", joined(default_tool_path())},
                  {"LC_ALL", "C.UTF-8"},
                  {"SLURM_TIME_FORMAT", "standard"},
                  {"SLURM_BITSTR_LEN", "65536"}};
    return policy;
}

std::vector<std::string> environment_for(const EnvPolicy& policy, std::span<const std::filesystem::path> tool_path)
{
    std::map<std::string, std::string> values;
    for (const std::string& name : policy.keep) {
        if (const char* value = std::getenv(name.c_str()); value != nullptr) {
            values[name] = value;
        }
    }
    for (const auto& [name, value] : policy.set) {
        values[name] = value;
    }
    if (const auto path = values.find("PATH"); path != values.end() && path->second == joined(default_tool_path())) {
        path->second = path_with(tool_path);
    }
    std::vector<std::string> environment;
    for (const auto& [name, value] : values) {
        // A NUL would end the variable early, a "=" in the name would make another one of it.
        if (!name.empty() && !util::contains(name, "=") && (name + value).find('\0') == std::string::npos) {
            environment.push_back(name + "=" + value);
        }
    }
    return environment;
}

} // namespace hpcdoc

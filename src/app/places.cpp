// SPDX-License-Identifier: Apache-2.0
#include "app/places.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

#include "config/own_files.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

namespace fs = std::filesystem;

// These are for developers and tests, not settings.
constexpr std::array<std::string_view, 2> k_not_settings{"HPCDOC_SHARE", "HPCDOC_REPLAY_STRICT"};

bool is_folder(const fs::path& path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

fs::path program_dir()
{
    std::string target(4096, '\0');
    const ssize_t size = ::readlink("/proc/self/exe", target.data(), target.size());
    return size <= 0 ? fs::path() : fs::path(target.substr(0, static_cast<std::size_t>(size))).parent_path();
}

void add_dropins(std::vector<fs::path>& files, const fs::path& dir)
{
    // An unreadable directory is told by what reads the files: here only the names count.
    if (const auto names = config::own_files_in(dir, ".toml")) {
        for (const std::string& name : *names) {
            files.push_back(dir / name);
        }
    }
}

std::map<std::string, std::string> hpcdoc_variables()
{
    std::map<std::string, std::string> found;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        const std::string_view name = text.substr(0, equals);
        if (equals != std::string_view::npos && name.starts_with("HPCDOC_") &&
            std::find(k_not_settings.begin(), k_not_settings.end(), name) == k_not_settings.end()) {
            found.emplace(name, text.substr(equals + 1));
        }
    }
    return found;
}

std::optional<fs::path> user_config_dir(const OwnEnvironment& env)
{
    for (const auto& [variable, below] :
         {std::pair<std::string_view, std::string_view>{"XDG_CONFIG_HOME", ""}, {"HOME", ".config"}}) {
        const fs::path base = env(variable).value_or("");
        if (base.is_absolute()) { // a relative one is to be ignored: XDG base directory specification
            return below.empty() ? base : base / below;
        }
    }
    return std::nullopt;
}

} // namespace

Result<fs::path> find_share(const OwnEnvironment& env)
{
    if (const auto given = env("HPCDOC_SHARE"); given && !given->empty()) {
        if (!is_folder(*given)) {
            return failure(Code::config, "HPCDOC_SHARE: '" + *given + "' is not a directory",
                           "unset it, or set it to a directory like share/hpcdoc");
        }
        return fs::path(*given);
    }
    const fs::path dir = program_dir();
    const std::array<fs::path, 3> places{dir / "share/hpcdoc", dir.parent_path() / "share/hpcdoc",
                                         fs::path(HPCDOC_SHARE_INSTALLED)};
    for (const fs::path& place : places) {
        if (place.is_absolute() && is_folder(place / "rules")) {
            return place;
        }
    }
    return failure(Code::config,
                   "the files that belong to hpcdoc are not in '" + places[1].native() + "' nor in '" +
                       places[2].native() + "'",
                   "install hpcdoc with 'cmake --install', or set HPCDOC_SHARE to its share/hpcdoc");
}

ConfigSources config_sources(const OwnEnvironment& env, std::vector<std::string> overrides, const SitePlaces& site)
{
    ConfigSources sources;
    sources.site.push_back(site.etc / "hpcdoc.toml");
    add_dropins(sources.site, site.etc / "hpcdoc.d");
    if (const auto dir = user_config_dir(env)) {
        sources.user.push_back(*dir / "hpcdoc/hpcdoc.toml");
    }
    sources.environment = hpcdoc_variables();
    sources.overrides = std::move(overrides);
    return sources;
}

std::vector<fs::path> rule_dirs(const fs::path& share, const Config& config, const SitePlaces& site)
{
    std::vector<fs::path> dirs{share / "rules"};
    for (const std::string& dir : config.list("rules.path")) {
        dirs.emplace_back(dir);
    }
    if (is_folder(site.etc / "rules.d")) {
        dirs.push_back(site.etc / "rules.d");
    }
    return dirs;
}

} // namespace hpcdoc::app

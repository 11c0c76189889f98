// SPDX-License-Identifier: Apache-2.0
// Files of which only name, mode, owner, size and time are ever told.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <hpcdoc/redact.hpp>

#include "util/strings.hpp"

namespace hpcdoc {

namespace {

constexpr std::array<std::string_view, 33> k_names{".netrc", "_netrc", ".git-credentials", ".pypirc", ".pgpass", ".my.cnf", ".vault-token",
    ".vault_pass", ".Xauthority", ".google_authenticator", ".htpasswd", "munge.key", "slurm.key", "slurm.jwks", "jwt_hs256.key", "jwt.key",
    "credentials.json", "rclone.conf", "conn.auth", "connauthfile", ".bash_history", ".zsh_history", ".history",
    ".python_history", ".mysql_history", ".psql_history", ".sh_history", "fish_history", ".node_repl_history", "shadow", "gshadow",
    "krb5.keytab", "secring.gpg"};
constexpr std::array<std::string_view, 9> k_endings{".pem", ".key", ".p12", ".pfx", ".jks", ".keytab", ".kdbx", ".ppk", ".gpg"};
constexpr std::array<std::string_view, 15> k_paths{"/.aws/credentials", "/.aws/sso/cache/", "/.config/gcloud/", "/.config/gh/hosts.yml",
    "/.cache/huggingface/token", "/.cache/huggingface/stored_tokens", "/.huggingface/token", "/.config/enroot/.credentials",
    "/.docker/config.json", "/.apptainer/docker-config.json", "/.apptainer/remote.yaml", "/.singularity/docker-config.json",
    "/.kube/config", "/.gnupg/", "/.azure/"};
constexpr std::array<std::string_view, 7> k_public_in_ssh{"config", "known_hosts", "known_hosts.old", "authorized_keys", "environment", "rc", "config.d"};

bool secret_in_ssh(const std::string& text, const std::string& name)
{
    if (!util::contains(text, "/.ssh/") && !text.starts_with("/etc/ssh/ssh_host_")) {
        return false;
    }
    const bool open = std::find(k_public_in_ssh.begin(), k_public_in_ssh.end(), name) != k_public_in_ssh.end();
    return !open && !name.ends_with(".pub") && !util::contains(text, "/.ssh/config.d/");
}

bool core_file(std::string_view name)
{
    if (name == "core") {
        return true;
    }
    const std::string_view rest = name.starts_with("core.") ? name.substr(5) : std::string_view();
    return !rest.empty() && rest.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

bool Redactor::never_open(const std::filesystem::path& file)
{
    const std::string text = file.lexically_normal().string();
    const std::string name = file.filename().string();
    const auto ends = [&name](std::string_view ending) { return name.ends_with(ending); };
    if (std::find(k_names.begin(), k_names.end(), name) != k_names.end() || std::any_of(k_endings.begin(), k_endings.end(), ends)) {
        return true;
    }
    if (std::any_of(k_paths.begin(), k_paths.end(), [&text](std::string_view path) { return util::contains(text, path); })) {
        return true;
    }
    const bool environment = text.starts_with("/proc/") && name == "environ" && !text.starts_with("/proc/self/");
    return secret_in_ssh(text, name) || core_file(name) || environment || name.starts_with("krb5cc_") || name.starts_with(".ansible_vault");
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "host/learn_secrets.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "util/strings.hpp"

namespace hpcdoc {

namespace {

constexpr std::size_t k_most_of_a_file = std::size_t{256} << 10;
constexpr std::size_t k_most_of_environment = std::size_t{4} << 20;

// Below the home directory.
constexpr auto k_files = std::to_array<std::string_view>({".netrc",
                                                          ".git-credentials",
                                                          ".pgpass",
                                                          ".my.cnf",
                                                          ".pypirc",
                                                          ".vault-token",
                                                          ".wgetrc",
                                                          ".condarc",
                                                          ".npmrc",
                                                          ".cache/huggingface/token",
                                                          ".cache/huggingface/stored_tokens",
                                                          ".huggingface/token",
                                                          ".config/gh/hosts.yml",
                                                          ".config/glab-cli/config.yml",
                                                          ".config/rclone/rclone.conf",
                                                          ".config/enroot/.credentials",
                                                          ".config/pip/pip.conf",
                                                          ".docker/config.json",
                                                          ".apptainer/docker-config.json",
                                                          ".apptainer/remote.yaml",
                                                          ".singularity/docker-config.json",
                                                          ".singularity/remote.yaml",
                                                          ".aws/credentials",
                                                          ".kube/config"});

bool one_word(std::string_view text)
{
    return text.size() >= 8 && text.find_first_of(" \t\n=:{") == std::string_view::npos;
}

std::optional<std::string> unescaped(std::string_view text) // "p%40ss" of a URL
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto digit = [&](std::size_t place) {
            return place < text.size()
                       ? std::string_view("0123456789abcdef").find(static_cast<char>(text[place] | 0x20))
                       : std::string_view::npos;
        };
        const std::size_t high = digit(at + 1), low = digit(at + 2);
        if (text[at] == '%' && high != std::string_view::npos && low != std::string_view::npos) {
            out += static_cast<char>(high * 16 + low);
            at += 2;
        } else {
            out += text[at];
        }
    }
    return out == text ? std::nullopt : std::optional(out);
}

void know(Redactor& redactor, std::string_view value)
{
    if (auto plain = unescaped(value)) {
        redactor.know(std::move(*plain));
    }
    // "auth" of a container registry is user:password in base64.
    if (const auto decoded = util::base64_decode(value);
        decoded && util::valid_utf8(*decoded) && util::contains(*decoded, ":")) {
        redactor.know(decoded->substr(decoded->find(':') + 1));
    }
    redactor.know(std::string(value));
}

void learn_from_environment(std::string_view environment, Redactor& redactor)
{
    for (const std::string_view variable : util::split(environment, '\0')) {
        const std::size_t equals = variable.find('=');
        if (equals != std::string_view::npos && Redactor::secret_name(variable.substr(0, equals))) {
            know(redactor, variable.substr(equals + 1));
        }
    }
}

Result<void> learn_from_file(std::string_view text, const std::string& name, Redactor& redactor)
{
    const std::string_view all = util::trim(text);
    if (one_word(all)) {
        know(redactor, all);
    }
    if (name == ".pgpass") { // host:port:database:user:password
        for (const std::string_view line : util::lines(text)) {
            const std::vector<std::string_view> fields = util::split(line, ':');
            if (fields.size() == 5) {
                know(redactor, fields[4]);
            }
        }
    }
    HPCDOC_TRY_ASSIGN(const std::vector<std::string> secrets, redactor.secrets_in(text));
    for (const std::string& secret : secrets) {
        know(redactor, secret);
    }
    return {};
}

} // namespace

Result<void> learn_secrets(const Host& host, Redactor& redactor)
{
    if (const auto environment = host.read("/proc/self/environ", k_most_of_environment)) {
        learn_from_environment(*environment, redactor);
    }
    const std::filesystem::path home = host.env("HOME").value_or(host.user().home.native());
    if (!home.is_absolute()) {
        return {};
    }
    for (const std::string_view name : k_files) {
        const Result<std::string> text = host.read(home / name, k_most_of_a_file);
        if (text) {
            HPCDOC_TRY(learn_from_file(*text, std::string(name), redactor));
        } else if (text.error().code == Code::timed_out) {
            return tl::unexpected(text.error()); // the others lie there too
        }
    }
    return {};
}

} // namespace hpcdoc

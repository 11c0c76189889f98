// SPDX-License-Identifier: Apache-2.0
#include "archive/members.hpp"

#include <algorithm>
#include <memory>

#include "util/strings.hpp"

namespace hpcdoc::archive {

namespace {

constexpr std::string_view k_recording = "recording.json";

std::size_t depth(std::string_view name)
{
    return static_cast<std::size_t>(std::count(name.begin(), name.end(), '/'));
}

bool is_recording(std::string_view name)
{
    return name == k_recording || name.ends_with("/recording.json");
}

Reader reader_of(Members members, std::string source)
{
    const auto shared = std::make_shared<const Members>(std::move(members));
    return [shared, source = std::move(source)](std::string_view name) -> Result<std::string> {
        const auto found = shared->find(name);
        if (found == shared->end()) {
            return failure(Code::not_found, "cannot read '" + util::printable(name) + "' in '" +
                                                util::printable(source) + "': it is not there");
        }
        return found->second;
    };
}

} // namespace

Result<Members> rooted_at_recording(Members members, std::string_view source)
{
    const std::string* root = nullptr;
    for (const auto& [name, content] : members) {
        if (is_recording(name) && (root == nullptr || depth(name) < depth(*root))) {
            root = &name;
        }
    }
    if (root == nullptr) {
        return failure(Code::config,
                       "'" + util::printable(source) + "' is not a recording: it holds no 'recording.json'",
                       "give an archive or a directory that hpcdoc wrote with --record");
    }
    const std::string prefix = root->substr(0, root->size() - k_recording.size());
    Members rooted;
    for (auto& [name, content] : members) {
        if (name.starts_with(prefix)) {
            rooted.emplace(name.substr(prefix.size()), std::move(content));
        }
    }
    return rooted;
}

Result<Reader> open_archive(const std::filesystem::path& file, const Caps& caps)
{
    HPCDOC_TRY_ASSIGN(Members members, read_archive(file, caps));
    HPCDOC_TRY_ASSIGN(members, rooted_at_recording(std::move(members), file.native()));
    return reader_of(std::move(members), file.native());
}

} // namespace hpcdoc::archive

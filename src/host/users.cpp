// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <functional>

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/types.h>
#include <unistd.h>

#include "host/look.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

constexpr std::size_t k_most_buffer = 1u << 20; // a group with many members is long

// Calls one of the get…_r functions with a buffer large enough. Zero, or its error.
int with_buffer(std::vector<char>& buffer, const std::function<int(char* bytes, std::size_t size)>& call)
{
    buffer.resize(4096);
    int error = call(buffer.data(), buffer.size());
    while (error == ERANGE && buffer.size() < k_most_buffer) {
        buffer.resize(buffer.size() * 4);
        error = call(buffer.data(), buffer.size());
    }
    return error;
}

std::string group_name(gid_t gid)
{
    struct group entry = {};
    struct group* found = nullptr;
    std::vector<char> buffer;
    with_buffer(buffer, [&](char* bytes, std::size_t size) { return ::getgrgid_r(gid, &entry, bytes, size, &found); });
    return found == nullptr ? std::to_string(gid) : found->gr_name;
}

std::vector<std::string> names_of(std::vector<gid_t> groups)
{
    std::vector<std::string> names;
    std::vector<gid_t> seen;
    for (const gid_t gid : groups) {
        if (std::find(seen.begin(), seen.end(), gid) == seen.end()) {
            seen.push_back(gid);
            names.push_back(group_name(gid));
        }
    }
    return names;
}

std::vector<gid_t> groups_in_database(const char* name, gid_t primary)
{
    constexpr int k_most = 65'536; // NGROUPS_MAX
    int count = 64;
    std::vector<gid_t> groups(static_cast<std::size_t>(count));
    while (::getgrouplist(name, primary, groups.data(), &count) < 0 && count <= k_most) {
        count = std::max(count, static_cast<int>(groups.size()) * 2);
        groups.resize(static_cast<std::size_t>(count));
    }
    groups.resize(static_cast<std::size_t>(std::clamp(count, 0, static_cast<int>(groups.size()))));
    return groups;
}

// Those of this process, its effective group first: after newgrp or in a container they differ from the database.
std::vector<gid_t> groups_of_process()
{
    std::vector<gid_t> groups{::getegid()};
    const int count = ::getgroups(0, nullptr);
    if (count > 0) {
        groups.resize(1 + static_cast<std::size_t>(count));
        const int got = ::getgroups(count, groups.data() + 1);
        groups.resize(1 + static_cast<std::size_t>(std::max(got, 0)));
    }
    return groups;
}

} // namespace

Answer look_for_user(const Question& question)
{
    struct passwd entry = {};
    struct passwd* found = nullptr;
    std::vector<char> buffer;
    const auto uid = question.op == Question::Op::self ? ::geteuid() : static_cast<uid_t>(question.a);
    const int error = with_buffer(buffer, [&](char* bytes, std::size_t size) {
        return question.op == Question::Op::user_by_name ? ::getpwnam_r(question.subject.c_str(), &entry, bytes, size, &found)
                                               : ::getpwuid_r(uid, &entry, bytes, size, &found);
    });
    UserInfo user;
    if (found != nullptr) {
        user = {entry.pw_name, entry.pw_uid, entry.pw_gid, {}, entry.pw_dir};
    }
    if (question.op == Question::Op::self) {
        user.uid = uid;
        user.gid = ::getegid();
        user.groups = names_of(groups_of_process());
        return user;
    }
    if (found == nullptr) {
        const std::string who = question.op == Question::Op::user_by_name ? question.subject : std::to_string(question.a);
        return error == 0 ? Error{Code::not_found, fmt::format("no user '{}'", util::printable(who)), "", {}}
                          : system_error("look up the user", who, error);
    }
    user.groups = names_of(groups_in_database(entry.pw_name, entry.pw_gid));
    return user;
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// A Host in memory: what a test puts in is all there is.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hpcdoc/host.hpp>

namespace hpcdoc::test {

class MemoryHost final : public Host {
public:
    std::map<std::string, std::string, std::less<>> variables{};
    std::vector<Mount> mount_table{{"/dev/vda", "/", "ext4", "rw"}};
    std::map<std::string, SpaceInfo> spaces{}; // by path
    std::vector<UserInfo> users{};
    UserInfo me{"alice", 1000, 1000, {"alice"}, "/home/alice"};
    std::string host_name = "login1";
    std::chrono::sys_seconds clock{std::chrono::seconds{1'764'079'200}}; // 2025-11-25T14:00:00Z
    std::chrono::seconds offset{0};
    std::map<std::string, Result<std::chrono::milliseconds>> servers{}; // by "host:port"

    MemoryHost& file(const std::string& path, std::string content, unsigned mode = 0644)
    {
        Node& node = add(path, FileKind::regular, mode);
        node.info.size = node.info.allocated = content.size();
        node.content = std::move(content);
        return *this;
    }
    MemoryHost& dir(const std::string& path, unsigned mode = 0755)
    {
        add(path, FileKind::directory, mode);
        return *this;
    }
    MemoryHost& special(const std::string& path, FileKind kind)
    {
        add(path, kind, 0644);
        return *this;
    }
    MemoryHost& link(const std::string& path, std::string target)
    {
        add(path, FileKind::symlink, 0777).target = std::move(target);
        return *this;
    }
    // Every question about the path, or anything below it, is answered with this error.
    MemoryHost& broken(std::string path, Code code, std::string reason)
    {
        m_broken[std::move(path)] = {code, std::move(reason)};
        return *this;
    }
    MemoryHost& dead(std::string path) { return broken(std::move(path), Code::timed_out, "did not answer within 3 s"); }
    FileInfo& info(const std::string& path) { return m_nodes.at(path).info; } // to set owner, times, permissions

    Result<std::string> read(const std::filesystem::path& file, std::size_t cap) const override
    {
        return content(file).map([&](const std::string& text) { return text.substr(0, cap); });
    }
    Result<FileEnds> read_ends(const std::filesystem::path& file, std::size_t head_cap,
                               std::size_t tail_cap) const override
    {
        HPCDOC_TRY_ASSIGN(const std::string text, content(file));
        FileEnds ends;
        ends.size = text.size();
        ends.mtime = stat(file)->mtime;
        if (text.size() <= head_cap + tail_cap) {
            ends.head = text;
            return ends;
        }
        ends.head = text.substr(0, head_cap);
        ends.tail_offset = text.size() - tail_cap;
        ends.tail = text.substr(text.size() - tail_cap);
        return ends;
    }
    Result<FileInfo> stat(const std::filesystem::path& path) const override
    {
        return find(path, true).map([](const Node* node) { return node->info; });
    }
    Result<FileInfo> lstat(const std::filesystem::path& path) const override
    {
        return find(path, false).map([](const Node* node) { return node->info; });
    }
    Result<std::vector<std::string>> list(const std::filesystem::path& dir) const override
    {
        HPCDOC_TRY_ASSIGN(const Node* node, find(dir, true));
        if (node->info.kind != FileKind::directory) {
            return failure(Code::unsupported, "cannot list '" + dir.native() + "': not a directory");
        }
        std::vector<std::string> names;
        for (const auto& [path, other] : m_nodes) {
            if (std::filesystem::path(path).parent_path() == dir && path != dir) {
                names.push_back(std::filesystem::path(path).filename().native());
            }
        }
        return names;
    }
    Result<SpaceInfo> space(const std::filesystem::path& path) const override
    {
        HPCDOC_TRY(find(path, true));
        const auto found = spaces.find(path.native());
        return found == spaces.end() ? SpaceInfo{1u << 30, 1u << 29, 1000, 500} : found->second;
    }
    Result<std::vector<Mount>> mounts() const override { return mount_table; }
    std::optional<std::string> env(std::string_view name) const override
    {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<std::string> env_names() const override
    {
        std::vector<std::string> names;
        for (const auto& [name, value] : variables) {
            names.push_back(name);
        }
        return names;
    }
    UserInfo user() const override { return me; }
    std::optional<UserInfo> user_by_id(unsigned uid) const override
    {
        return user_if([&](const UserInfo& one) { return one.uid == uid; });
    }
    std::optional<UserInfo> user_by_name(std::string_view name) const override
    {
        return user_if([&](const UserInfo& one) { return one.name == name; });
    }
    std::string name() const override { return host_name; }
    std::chrono::sys_seconds now() const override { return clock; }
    std::chrono::seconds utc_offset() const override { return offset; }
    Result<std::chrono::milliseconds> connect(std::string_view host, std::uint16_t port,
                                              std::chrono::milliseconds) const override
    {
        const std::string server = std::string(host) + ":" + std::to_string(port);
        const auto found = servers.find(server);
        return found == servers.end() ? failure(Code::io, "cannot connect to '" + server + "': connection refused")
                                      : found->second;
    }

private:
    struct Node {
        FileInfo info{};
        std::string content{}, target{};
    };

    Node& add(const std::string& path, FileKind kind, unsigned mode)
    {
        for (std::filesystem::path parent = std::filesystem::path(path).parent_path(); parent != parent.root_path();
             parent = parent.parent_path()) {
            m_nodes.try_emplace(parent.native(), directory());
        }
        m_nodes.try_emplace("/", directory());
        Node& node = m_nodes[path];
        node.info.kind = kind;
        node.info.mode = mode;
        node.info.uid = me.uid;
        node.info.gid = me.gid;
        node.info.mtime = clock;
        node.info.readable = (mode & 0400) != 0;
        node.info.writable = (mode & 0200) != 0;
        node.info.searchable = (mode & 0100) != 0;
        return node;
    }
    static Node directory()
    {
        Node node;
        node.info.kind = FileKind::directory;
        node.info.mode = 0755;
        node.info.readable = node.info.searchable = true;
        return node;
    }
    Result<const Node*> find(std::filesystem::path path, bool follow) const
    {
        for (int links = 0; links < 10; ++links) {
            for (const auto& [broken, error] : m_broken) {
                if (path.native() == broken || path.native().starts_with(broken + "/")) {
                    return failure(error.first, "'" + path.native() + "' " + error.second);
                }
            }
            const auto found = m_nodes.find(path.native());
            if (found == m_nodes.end()) {
                return failure(Code::not_found, "cannot read '" + path.native() + "': no such file or directory");
            }
            if (!follow || found->second.info.kind != FileKind::symlink) {
                return &found->second;
            }
            path = (path.parent_path() / found->second.target).lexically_normal();
        }
        return failure(Code::io, "cannot read '" + path.native() + "': too many levels of symbolic links");
    }
    Result<std::string> content(const std::filesystem::path& file) const
    {
        HPCDOC_TRY_ASSIGN(const Node* node, find(file, true));
        if (node->info.kind != FileKind::regular) {
            return failure(Code::unsupported, "cannot read '" + file.native() + "': not a regular file");
        }
        if (!node->info.readable) {
            return failure(Code::denied, "cannot read '" + file.native() + "': permission denied");
        }
        return node->content;
    }
    template<class Predicate> std::optional<UserInfo> user_if(Predicate matches) const
    {
        if (matches(me)) {
            return me;
        }
        const auto found = std::find_if(users.begin(), users.end(), matches);
        return found == users.end() ? std::nullopt : std::optional(*found);
    }

    std::map<std::string, Node> m_nodes{};
    std::map<std::string, std::pair<Code, std::string>> m_broken{};
};

} // namespace hpcdoc::test

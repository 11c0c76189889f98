// SPDX-License-Identifier: Apache-2.0
#include "archive/inspect.hpp"

#include <algorithm>
#include <map>
#include <system_error>

#include <fmt/format.h>

#include "archive/directory_entries.hpp"
#include "archive/entry_reader.hpp"
#include "util/strings.hpp"

namespace hpcdoc::archive {

namespace {

std::string_view problem_of(Entry::Kind kind)
{
    switch (kind) {
    case Entry::Kind::symlink: return "a symbolic link";
    case Entry::Kind::hardlink: return "a hard link";
    case Entry::Kind::device: return "a device";
    case Entry::Kind::fifo: return "a FIFO";
    case Entry::Kind::other: return "neither a file nor a directory";
    case Entry::Kind::file:
    case Entry::Kind::directory: break;
    }
    return {};
}

std::string_view problem_of(const Entry& entry)
{
    const std::string_view name = entry.name;
    if (name.empty()) {
        return "without a name";
    }
    if (name.front() == '/') {
        return "an absolute path";
    }
    if (util::contains("/" + entry.name + "/", "/../")) {
        return "leads out of the archive";
    }
    if (const std::string_view problem = problem_of(entry.kind); !problem.empty()) {
        return problem;
    }
    if (std::any_of(name.begin(), name.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
        return "a name with control characters";
    }
    return (entry.mode & 06000) != 0 && entry.kind == Entry::Kind::file ? "set-user-ID" : "";
}

std::string_view first_part(std::string_view name)
{
    return name.substr(0, name.find('/'));
}

bool lies_open(const Entry& entry)
{
    const std::string name = plain_name(entry.name);
    return entry.kind == Entry::Kind::file && (name == "recording.json" || name == "manifest.json");
}

// Of several members with one name nobody knows which is meant: programs that unpack differ.
void mark_doubles(std::vector<Entry>& entries)
{
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].kind == Entry::Kind::directory || entries[i].name.empty()) {
            continue;
        }
        const auto [place, fresh] = first.emplace(plain_name(entries[i].name), i);
        for (const std::size_t index : {place->second, i}) {
            if (!fresh && entries[index].problem.empty()) {
                entries[index].problem = "twice in the archive";
            }
        }
    }
}

void mark(std::vector<Entry>& entries)
{
    for (Entry& entry : entries) {
        entry.problem = problem_of(entry);
    }
    mark_doubles(entries);
    const std::string top = top_directory(entries);
    for (Entry& entry : entries) {
        const std::string name = plain_name(entry.name);
        if (!top.empty() && entry.problem.empty() && !name.empty() && first_part(name) != top) {
            entry.problem = "outside of the directory '" + util::printable(top) + "'";
        }
    }
}

Result<std::vector<Entry>> all_of(EntryReader reader)
{
    std::vector<Entry> entries;
    Entry entry;
    while (true) {
        HPCDOC_TRY_ASSIGN(const bool more, reader.next(entry));
        if (!more) {
            break;
        }
        if (entry.kind == Entry::Kind::file) {
            HPCDOC_TRY(reader.read(entry.data));
            entry.size = entry.data.size();
        }
        entries.push_back(std::move(entry));
    }
    mark(entries);
    return entries;
}

} // namespace

std::string plain_name(std::string_view name)
{
    std::string plain;
    for (const std::string_view part : util::split(name, '/')) {
        if (!part.empty() && part != ".") {
            plain += plain.empty() ? "" : "/";
            plain += part;
        }
    }
    return plain;
}

std::string top_directory(const std::vector<Entry>& entries)
{
    if (std::any_of(entries.begin(), entries.end(), lies_open)) {
        return {};
    }
    std::string top;
    bool alone = true;
    for (const Entry& entry : entries) {
        if (entry.kind != Entry::Kind::file || !problem_of(entry).empty()) {
            continue;
        }
        const std::string name = plain_name(entry.name);
        const std::string part(util::contains(name, "/") ? first_part(name) : "");
        if (!part.empty() && (name == part + "/manifest.json" || name == part + "/recording.json")) {
            return part;
        }
        alone = alone && !part.empty() && (top.empty() || top == part);
        top = part;
    }
    return alone ? top : "";
}

Result<std::vector<Entry>> inspect(const std::filesystem::path& file, const Caps& caps)
{
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) {
        HPCDOC_TRY_ASSIGN(std::vector<Entry> entries, directory_entries(file, caps));
        mark(entries);
        return entries;
    }
    HPCDOC_TRY_ASSIGN(EntryReader reader, EntryReader::open(file, caps));
    return all_of(std::move(reader));
}

Result<std::vector<Entry>> inspect_bytes(std::string_view bytes, std::string_view source, const Caps& caps)
{
    HPCDOC_TRY_ASSIGN(EntryReader reader, EntryReader::open_bytes(bytes, source, caps));
    return all_of(std::move(reader));
}

Members harmless_members(std::vector<Entry> entries)
{
    const std::string top = top_directory(entries);
    Members members;
    for (Entry& entry : entries) {
        if (entry.problem.empty() && entry.kind == Entry::Kind::file) {
            const std::string name = plain_name(entry.name);
            members.emplace(top.empty() ? name : name.substr(top.size() + 1), std::move(entry.data));
        }
    }
    return members;
}

} // namespace hpcdoc::archive

// SPDX-License-Identifier: Apache-2.0
#include "archive/entry_reader.hpp"
#include "archive/members.hpp"
#include "util/strings.hpp"

namespace hpcdoc::archive {

Result<Members> read_archive(const std::filesystem::path& file, const Caps& caps)
{
    HPCDOC_TRY_ASSIGN(EntryReader reader, EntryReader::open(file, caps));
    Members members;
    Entry entry;
    while (true) {
        HPCDOC_TRY_ASSIGN(const bool more, reader.next(entry));
        if (!more) {
            return members;
        }
        // Links, devices and directories are nothing to read; hard links have no content of their own.
        if (entry.kind != Entry::Kind::file || entry.name.empty()) {
            continue;
        }
        std::string name = std::move(entry.name);
        while (name.starts_with("./")) {
            name.erase(0, 2);
        }
        if (name.empty() || name.front() == '/' || util::contains("/" + name + "/", "/../")) {
            return reader.refused("its member '" + util::printable(name) + "' would lie outside of it");
        }
        HPCDOC_TRY(reader.read(members[name])); // of two members with one name the later is meant: tar(1)
    }
}

} // namespace hpcdoc::archive

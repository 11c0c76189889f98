// SPDX-License-Identifier: Apache-2.0
// A file that is complete under its name, or not there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

#include "util/system.hpp"

namespace hpcdoc::archive {

enum class Draft {
    unnamed, // O_TMPFILE: nobody sees it, and it goes with the process
    named,   // for file systems that have none: ".NAME.XXXXXX", removed when something goes wrong
};

// Written piece by piece, and in its place only when it is finished. Mode 0600. Never replaces a file.
class NewFile {
public:
    // Room for so many bytes is checked first. `unnamed` falls back to `named` where it must.
    static Result<NewFile> create(std::filesystem::path file, std::uint64_t expected = 0, Draft draft = Draft::unnamed);
    ~NewFile();
    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;

    Result<void> write(std::string_view bytes);
    Result<void> finish();

private:
    explicit NewFile(std::filesystem::path file)
        : m_file(std::move(file)), m_parent(m_file.has_parent_path() ? m_file.parent_path() : ".")
    {
    }
    std::string name() const { return m_file.filename().native(); }
    Result<void> check_room(std::uint64_t expected) const;
    Result<void> open_draft(util::Fd& fd);
    int link_into_place(int fd) const;
    bool move_into_place(const std::string& draft) const;
    Result<void> placed() const;
    tl::unexpected<Error> cannot(int error) const;

    std::filesystem::path m_file, m_parent;
    std::string m_draft{}; // the name it has until it is finished; empty: none
    util::Fd m_dir{}, m_fd{};
};

// As write_new_file (archive/pack.hpp), in one way.
Result<void> write_draft(const std::filesystem::path& file, std::string_view bytes, Draft draft);

} // namespace hpcdoc::archive

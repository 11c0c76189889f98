// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

#include "util/system.hpp"

namespace hpcdoc::archive {

// A file that is written piece by piece and has its name only when it is complete: without a name until then
// (O_TMPFILE, open(2)), so that nothing is left however the program ends; where the file system cannot do that, under
// another name, which is removed. Mode 0600. Never replaces a file.
class GrowingFile {
public:
    static Result<GrowingFile> create(std::filesystem::path file);
    ~GrowingFile();
    GrowingFile(GrowingFile&& other) noexcept;
    GrowingFile& operator=(GrowingFile&&) = delete;

    Result<void> write(std::string_view bytes);
    Result<void> finish();

private:
    explicit GrowingFile(std::filesystem::path file) : m_file(std::move(file)) {}
    tl::unexpected<Error> refused(int error) const;

    std::filesystem::path m_file;
    std::string m_other_name{}; // in use until it is complete
    util::Fd m_fd{};
};

} // namespace hpcdoc::archive

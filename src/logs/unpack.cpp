// SPDX-License-Identifier: Apache-2.0
#include "logs/unpack.hpp"

#include "archive/libarchive.hpp"
#include "util/strings.hpp"

namespace hpcdoc::logs {

namespace {

using archive::Library;

constexpr std::size_t k_packed_block = std::size_t{256} << 10;

class Unpacked final : public Source {
public:
    Unpacked(const Library& library, util::Fd file, std::string name, std::stop_token stop)
        : m_library(library), m_fd(std::move(file)), m_name(std::move(name)), m_stop(std::move(stop)),
          m_handle(library.archive_read_new(), library.archive_read_free)
    {
    }

    Result<void> start()
    {
        for (const auto support :
             {m_library.archive_read_support_filter_gzip, m_library.archive_read_support_filter_bzip2,
              m_library.archive_read_support_filter_xz, m_library.archive_read_support_filter_zstd, m_library.archive_read_support_format_raw}) {
            support(m_handle.get());
        }
        ::archive_entry* entry = nullptr;
        if (m_library.archive_read_open_fd(m_handle.get(), m_fd.get(), k_packed_block) != ARCHIVE_OK ||
            m_library.archive_read_next_header(m_handle.get(), &entry) != ARCHIVE_OK) {
            return broken();
        }
        return {};
    }

    Result<std::size_t> read(char* to, std::size_t most) override
    {
        if (m_stop.stop_requested()) {
            return failure(Code::interrupted, "stopped before the end of '" + util::printable(m_name) + "'");
        }
        const la_ssize_t got = m_library.archive_read_data(m_handle.get(), to, most);
        if (got < 0) {
            return broken();
        }
        return static_cast<std::size_t>(got);
    }

private:
    tl::unexpected<Error> broken() const
    {
        const char* words = m_library.archive_error_string(m_handle.get());
        return failure(Code::io, "cannot unpack '" + util::printable(m_name) + "': " + util::printable(words == nullptr ? "damaged" : words),
                       "what comes before the damage was read");
    }

    const Library& m_library;
    util::Fd m_fd;
    std::string m_name;
    std::stop_token m_stop;
    std::unique_ptr<::archive, int (*)(::archive*)> m_handle;
};

} // namespace

Result<std::unique_ptr<Source>> unpacked(util::Fd file, std::string name, std::stop_token stop)
{
    HPCDOC_TRY_ASSIGN(const Library* library, archive::load_library());
    auto made = std::make_unique<Unpacked>(*library, std::move(file), std::move(name), std::move(stop));
    HPCDOC_TRY(made->start());
    return made;
}

} // namespace hpcdoc::logs

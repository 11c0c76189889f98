// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <sys/stat.h>

#include <hpcdoc/redact_stream.hpp>

#include "archive/clean_archive.hpp"
#include "archive/libarchive.hpp"
#include "archive/sniff.hpp"
#include "archive/spool.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::archive {

namespace {

constexpr std::size_t k_clean_block = std::size_t{256} << 10;
constexpr std::uint64_t k_most_bytes = std::uint64_t{256} << 30; // unpacked; more is a bomb
constexpr std::uint64_t k_most_bytes_within = std::uint64_t{16} << 30; // of one packed member
constexpr std::uint64_t k_most_members = 1'000'000;
constexpr unsigned k_deepest = 3; // an archive in an archive in an archive

struct Freer {
    const Library* library = nullptr;
    void operator()(::archive_entry* entry) const { library->archive_entry_free(entry); }
};
using OwnEntry = std::unique_ptr<::archive_entry, Freer>;

std::string words_of(const Library& library, ::archive* handle)
{
    const char* words = library.archive_error_string(handle);
    return words == nullptr ? "it is damaged" : util::to_lower(util::printable(words));
}

// An archive being written, in the form of another.
class Output {
public:
    Output(const Library& library, const CleanTask& task)
        : m_library(library), m_task(task), m_handle(library.archive_write_new(), library.archive_write_free)
    {
    }

    Result<void> open(int format, int filter)
    {
        const int kind = format & ARCHIVE_FORMAT_BASE_MASK;
        const int set = kind == ARCHIVE_FORMAT_RAW ? m_library.archive_write_set_format_raw(m_handle.get())
                        : kind == ARCHIVE_FORMAT_ZIP
                            ? m_library.archive_write_set_format_zip(m_handle.get())
                            : m_library.archive_write_set_format_pax_restricted(m_handle.get());
        if (set != ARCHIVE_OK || (filter != ARCHIVE_FILTER_NONE &&
                                  m_library.archive_write_add_filter(m_handle.get(), filter) < ARCHIVE_WARN)) {
            return failed(Code::unsupported);
        }
        if (filter == ARCHIVE_FILTER_GZIP) {
            m_library.archive_write_set_options(m_handle.get(), "gzip:!timestamp"); // the same for the same
        }
        m_library.archive_write_set_bytes_in_last_block(m_handle.get(),
                                                        1); // no padding: xz(1) and zstd(1) take it for damage
        return m_library.archive_write_open(m_handle.get(), this, nullptr, &Output::take, nullptr) == ARCHIVE_OK
                   ? Result<void>{}
                   : failed(Code::io);
    }
    Result<void> begin(::archive_entry* entry)
    {
        return m_library.archive_write_header(m_handle.get(), entry) >= ARCHIVE_WARN ? Result<void>{}
                                                                                     : failed(Code::io);
    }
    Result<void> write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const la_ssize_t count = m_library.archive_write_data(m_handle.get(), bytes.data(), bytes.size());
            if (count <= 0) {
                return failed(Code::io);
            }
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return {};
    }
    Result<void> close()
    {
        return m_library.archive_write_close(m_handle.get()) == ARCHIVE_OK ? Result<void>{} : failed(Code::io);
    }

private:
    static la_ssize_t take(::archive*, void* self, const void* bytes, size_t size)
    {
        auto& output = *static_cast<Output*>(self);
        Result<void> written = output.m_task.out(std::string_view(static_cast<const char*>(bytes), size));
        if (!written) {
            output.m_error = std::move(written).error();
            return -1;
        }
        return static_cast<la_ssize_t>(size);
    }
    Result<void> failed(Code code) const
    {
        return m_error ? tl::unexpected<Error>(*m_error)
                       : failure(code, "cannot write the clean archive: " + words_of(m_library, m_handle.get()),
                                 "unpack it and give its parts to hpcdoc");
    }

    const Library& m_library;
    const CleanTask& m_task;
    std::unique_ptr<::archive, int (*)(::archive*)> m_handle;
    std::optional<Error> m_error{};
};

// A packed member as it comes out of the archive around it.
struct Feed {
    std::string_view first{};
    std::function<Result<std::string_view>()> next{};
    std::optional<Error> error{};

    static la_ssize_t give(::archive*, void* self, const void** bytes)
    {
        auto& feed = *static_cast<Feed*>(self);
        Result<std::string_view> block = feed.first.empty() ? feed.next() : std::exchange(feed.first, {});
        if (!block) {
            feed.error = std::move(block).error();
            return -1;
        }
        *bytes = block->data();
        return static_cast<la_ssize_t>(block->size());
    }
};

class Cleaning {
public:
    Cleaning(const Library& library, const CleanTask& task, unsigned depth)
        : m_library(library), m_task(task), m_depth(depth),
          m_in(library.archive_read_new(), library.archive_read_free), m_out(library, task)
    {
    }

    Result<CleanCount> all(int fd)
    {
        support();
        return m_library.archive_read_open_fd(m_in.get(), fd, k_clean_block) == ARCHIVE_OK ? cleaned() : broken();
    }

    Result<CleanCount> all(Feed& feed)
    {
        support();
        const int opened = m_library.archive_read_open(m_in.get(), &feed, nullptr, &Feed::give, nullptr);
        return opened == ARCHIVE_OK ? cleaned() : broken();
    }

private:
    using Write = std::function<Result<void>(std::string_view)>;

    void support()
    {
        // Not "all": among those are formats that read other files (mtree) and filters that run programs (lrzip).
        for (const auto support :
             {m_library.archive_read_support_filter_gzip, m_library.archive_read_support_filter_bzip2,
              m_library.archive_read_support_filter_xz, m_library.archive_read_support_filter_lzma,
              m_library.archive_read_support_filter_zstd, m_library.archive_read_support_format_tar,
              m_library.archive_read_support_format_zip, m_library.archive_read_support_format_raw}) {
            support(m_in.get());
        }
    }

    Result<CleanCount> cleaned()
    {
        ::archive_entry* entry = nullptr;
        bool opened = false;
        while (true) {
            const int step = m_library.archive_read_next_header(m_in.get(), &entry);
            if (step == ARCHIVE_EOF) {
                break;
            }
            if (step != ARCHIVE_OK && step != ARCHIVE_WARN) {
                return broken();
            }
            const int format = m_library.archive_format(m_in.get());
            if (!opened) {
                HPCDOC_TRY(m_out.open(format, m_library.archive_filter_code(m_in.get(), 0)));
                opened = true;
            }
            HPCDOC_TRY((format & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW ? only(entry) : member(entry));
        }
        if (!opened) {
            return failure(Code::unsupported, "'" + util::printable(m_task.name) + "' has nothing in it");
        }
        HPCDOC_TRY(m_out.close());
        return std::move(m_count);
    }

    tl::unexpected<Error> broken() const
    {
        return failure(Code::io,
                       "cannot read '" + util::printable(m_task.name) + "': " + words_of(m_library, m_in.get()),
                       "unpack it by other means and give its parts to hpcdoc");
    }
    Result<void> keep_going()
    {
        if (m_task.stop.stop_requested()) {
            return failure(Code::interrupted,
                           "stopped before all of '" + util::printable(m_task.name) +
                               "' was clean: nothing was written",
                           "--deadline gives it more time");
        }
        const std::uint64_t most = m_depth == 0 ? k_most_bytes : k_most_bytes_within;
        if (m_count.seen > most || m_count.members > k_most_members) {
            return failure(Code::unsupported, "cannot clean '" + util::printable(m_task.name) +
                                                  "': unpacked it has more than " + util::human_size(most) +
                                                  " or a million members");
        }
        return {};
    }
    // Of what can be read now, at most a block; empty: it is at its end.
    Result<std::string_view> block()
    {
        HPCDOC_TRY(keep_going());
        m_block.resize(k_clean_block);
        const la_ssize_t count = m_library.archive_read_data(m_in.get(), m_block.data(), m_block.size());
        if (count < 0) {
            return broken();
        }
        m_count.seen += static_cast<std::uint64_t>(count);
        return std::string_view(m_block).substr(0, static_cast<std::size_t>(count));
    }
    // The content of the entry `name`. Not empty: why it cannot be kept, and what was written is of no use.
    Result<std::string> clean(const std::string& name, bool may_be_packed, const Write& out)
    {
        StreamRedactor stream(m_task.redactor, [&](std::string_view bytes) {
            m_count.given += bytes.size();
            return out(bytes);
        });
        for (bool first = true;; first = false) {
            HPCDOC_TRY_ASSIGN(const std::string_view bytes, block());
            if (bytes.empty()) {
                break;
            }
            if (first && may_be_packed && looks_packed(bytes)) {
                return clean_packed_member(name, bytes, out);
            }
            if (first && looks_binary(bytes)) {
                return std::string("no text");
            }
            HPCDOC_TRY(stream.write(bytes));
        }
        HPCDOC_TRY(stream.finish());
        m_count.add(stream.counts());
        return std::string();
    }
    // One that is packed itself is unpacked, cleaned and packed again; one that is damaged or a bomb is not kept.
    Result<std::string> clean_packed_member(const std::string& name, std::string_view first, const Write& out)
    {
        if (m_depth + 1 >= k_deepest) {
            return std::string("packed within packed within packed");
        }
        std::optional<Error> not_written;
        CleanTask task{m_task.redactor, {}, m_task.stop, name, m_task.directory};
        task.out = [&](std::string_view bytes) {
            Result<void> written = out(bytes);
            if (!written) {
                not_written = written.error();
            }
            return written;
        };
        Feed feed{first, [this] { return block(); }, {}};
        Result<CleanCount> count = Cleaning(m_library, task, m_depth + 1).all(feed);
        if (count) {
            add(name, std::move(*count));
            return std::string();
        }
        if (not_written || feed.error) {
            return tl::unexpected<Error>(not_written ? *not_written : *feed.error);
        }
        return count.error().code == Code::interrupted ? Result<std::string>(tl::unexpected<Error>(count.error()))
                                                       : Result<std::string>(count.error().message);
    }
    void add(const std::string& name, CleanCount within)
    {
        m_count.add(within.secrets);
        m_count.given += within.given;
        m_count.members += within.members;
        for (CleanCount::Dropped& dropped : within.dropped) {
            m_count.dropped.push_back({name + "/" + dropped.member, std::move(dropped.why)});
        }
    }
    OwnEntry new_entry(const std::string& name, unsigned kind, std::optional<std::uint64_t> size, time_t time)
    {
        OwnEntry entry(m_library.archive_entry_new(), Freer{&m_library});
        m_library.archive_entry_set_pathname(entry.get(), name.c_str());
        m_library.archive_entry_set_filetype(entry.get(), kind);
        m_library.archive_entry_set_perm(entry.get(), kind == S_IFDIR ? 0755 : 0644);
        m_library.archive_entry_set_mtime(entry.get(), time, 0);
        if (size) {
            m_library.archive_entry_set_size(entry.get(), static_cast<la_int64_t>(*size));
        }
        return entry;
    }
    // One file that is compressed and no archive.
    Result<void> only(::archive_entry*)
    {
        const OwnEntry entry = new_entry("data", S_IFREG, std::nullopt, 0);
        HPCDOC_TRY(m_out.begin(entry.get()));
        HPCDOC_TRY_ASSIGN(const std::string why,
                          clean("", false, [this](std::string_view bytes) { return m_out.write(bytes); }));
        return why.empty() ? Result<void>{}
                           : failure(Code::unsupported, "what is in '" + util::printable(m_task.name) + "' is no text",
                                     "only text can be cleaned");
    }
    void drop(const std::string& name, std::string why) { m_count.dropped.push_back({name, std::move(why)}); }

    Result<void> member(::archive_entry* entry)
    {
        ++m_count.members;
        HPCDOC_TRY(keep_going());
        const char* path = m_library.archive_entry_pathname(entry);
        const std::string name = path == nullptr ? "" : path;
        HPCDOC_TRY_ASSIGN(const std::string shown, m_task.redactor.clean(name)); // a name may hold a secret too
        const unsigned kind = m_library.archive_entry_filetype(entry) & S_IFMT;
        const time_t time = m_library.archive_entry_mtime(entry);
        if (const std::string why = why_not(name, kind, m_library.archive_entry_hardlink(entry) != nullptr);
            !why.empty()) {
            drop(shown, why);
            return {};
        }
        if (kind == S_IFDIR) {
            return m_out.begin(new_entry(shown, kind, 0, time).get());
        }
        Spool spool(m_task.directory);
        HPCDOC_TRY_ASSIGN(const std::string no_use,
                          clean(shown, true, [&spool](std::string_view bytes) { return spool.write(bytes); }));
        if (!no_use.empty()) {
            drop(shown, no_use);
            return {};
        }
        HPCDOC_TRY(m_out.begin(new_entry(shown, kind, spool.size(), time).get()));
        return spool.give([this](std::string_view bytes) { return m_out.write(bytes); });
    }
    static std::string why_not(const std::string& name, unsigned kind, bool hardlink)
    {
        if (name.empty() || name.front() == '/' || util::contains("/" + name + "/", "/../")) {
            return "leads out of the archive";
        }
        if (hardlink || (kind != S_IFREG && kind != S_IFDIR)) {
            return kind == S_IFLNK || hardlink ? "a link" : "a device";
        }
        return kind == S_IFREG && Redactor::never_open("/" + name) ? "holds nothing but secrets" : "";
    }

    const Library& m_library;
    const CleanTask& m_task;
    unsigned m_depth;
    std::unique_ptr<::archive, int (*)(::archive*)> m_in;
    Output m_out;
    std::string m_block{};
    CleanCount m_count{};
};

} // namespace

Result<CleanCount> clean_packed(int fd, const CleanTask& task)
{
    HPCDOC_TRY_ASSIGN(const Library* library, load_write_library());
    return Cleaning(*library, task, 0).all(fd);
}

} // namespace hpcdoc::archive

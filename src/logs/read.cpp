// SPDX-License-Identifier: Apache-2.0
#include "logs/read.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <thread>

#include <sched.h>

#include <fmt/format.h>

#include "logs/source.hpp"
#include "util/strings.hpp"

namespace hpcdoc::logs {

namespace {

constexpr std::uint64_t k_part = std::uint64_t{64} << 20; // of a large file, for one processor
constexpr std::uint64_t k_to_end = std::numeric_limits<std::uint64_t>::max();
constexpr unsigned k_most_threads = 4; // a login node belongs to others too

// A file, or a piece of a large one.
struct Piece {
    std::size_t file = 0;
    std::uint64_t begin = 0, end = k_to_end;
    Result<Scan> scan{};
    bool skipped = false;
    std::uint64_t counted_to = k_to_end;
};

unsigned processors()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    const int count = ::sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 1;
    return std::clamp(static_cast<unsigned>(count), 1U, k_most_threads);
}

std::vector<Piece> pieces_of(const std::vector<LogFile>& files)
{
    std::vector<Piece> pieces;
    for (std::size_t file = 0; file < files.size(); ++file) {
        const FileInfo& info = files[file].info;
        const bool large = info.size > 2 * k_part && info.allocated >= info.size;
        std::uint64_t begin = 0;
        for (; large && begin + 2 * k_part < info.size; begin += k_part) {
            pieces.push_back({file, begin, begin + k_part, {}, false});
        }
        pieces.push_back({file, begin, k_to_end, {}, false});
    }
    return pieces;
}

class Readers {
public:
    Readers(const Context& ctx, const rules::Topic& topic, const TagReader& tags, const std::vector<LogFile>& files)
        : m_ctx(ctx), m_topic(topic), m_tags(tags), m_files(files), m_pieces(pieces_of(files))
    {
    }

    std::vector<Piece> run()
    {
        const auto work = [this] {
            for (std::size_t at = m_next.fetch_add(1); at < m_pieces.size(); at = m_next.fetch_add(1)) {
                read(m_pieces[at]);
            }
        };
        std::vector<std::thread> others;
        const std::size_t wanted = std::min<std::size_t>(processors(), m_pieces.size());
        for (std::size_t count = 1; count < wanted; ++count) {
            try {
                others.emplace_back(work);
            } catch (const std::system_error&) { // a limit on processes: those that run do it all
                break;
            }
        }
        work();
        for (std::thread& other : others) {
            other.join();
        }
        return std::move(m_pieces);
    }

private:
    void read(Piece& piece)
    {
        Result<Scan> scan = read_piece(piece);
        piece.scan = std::move(scan);
    }

    Result<Scan> read_piece(Piece& piece)
    {
        const std::filesystem::path& file = m_files[piece.file].path;
        if (!m_ctx.host.is_here()) {
            return piece.begin > 0 ? Result<Scan>(Scan{}) : read_ends(piece);
        }
        // Asked through the door first: a dead mount must not hold this thread.
        HPCDOC_TRY_ASSIGN(const std::string begin, m_ctx.host.read(file, 4096));
        HPCDOC_TRY_ASSIGN(Opened opened, open_log(file, m_ctx.stop));
        if (opened.binary) {
            piece.skipped = true;
            return Scan{};
        }
        const std::uint64_t offset = opened.divisible ? piece.begin - std::min<std::uint64_t>(piece.begin, Feed::k_margin) : 0;
        if (!opened.divisible && piece.begin > 0) {
            return Scan{}; // its first piece is read to the end
        }
        if (offset > 0) {
            HPCDOC_TRY_ASSIGN(opened.source, open_part(file, offset, m_ctx.stop));
        }
        Feed feed(*opened.source, offset, piece.begin, opened.divisible ? piece.end : k_to_end);
        Scanner scanner(m_topic, m_tags, m_tags.labelled(begin));
        return scanner.scan(feed);
    }

    // Of another machine, or where it is recorded: the first and the last part.
    Result<Scan> read_ends(Piece& piece)
    {
        HPCDOC_TRY_ASSIGN(FileEnds ends, m_ctx.host.read_ends(m_files[piece.file].path, k_first_part, k_last_part));
        if (!ends.tail.empty()) {
            ends.head += '\n';
            piece.counted_to = ends.head.size();
        }
        const bool labels = m_tags.labelled(std::string_view(ends.head).substr(0, 4096));
        const std::unique_ptr<Source> source = from_text(std::move(ends.head) + std::move(ends.tail));
        Feed feed(*source, 0, 0, k_to_end);
        return Scanner(m_topic, m_tags, labels).scan(feed);
    }

    const Context& m_ctx;
    const rules::Topic& m_topic;
    const TagReader& m_tags;
    const std::vector<LogFile>& m_files;
    std::vector<Piece> m_pieces;
    std::atomic<std::size_t> m_next{0};
};

bool same_kind(const Event& a, const Event& b)
{
    return a.rule == b.rule && a.tags.rank == b.tags.rank && a.tags.local_rank == b.tags.local_rank;
}

// The next piece of the same file.
void append(Scan& whole, Scan next)
{
    for (Event& event : next.events) {
        event.line += whole.newlines;
        event.last_line += whole.newlines;
        event.window_first += whole.newlines;
        const auto same = std::find_if(whole.events.begin(), whole.events.end(), [&event](const Event& other) { return same_kind(event, other); });
        if (same == whole.events.end()) {
            whole.events.push_back(std::move(event));
        } else {
            same->count += event.count;
            same->last_line = event.last_line;
            same->capped = same->capped || event.capped;
        }
    }
    whole.bytes += next.bytes;
    whole.newlines += next.newlines;
    whole.tail = next.tail.empty() ? std::move(whole.tail) : std::move(next.tail);
    whole.full = whole.full || next.full;
    whole.trouble = whole.trouble ? std::move(whole.trouble) : std::move(next.trouble);
}

} // namespace

Result<std::vector<Log>> read_logs(const Context& ctx, const rules::Topic& topic, const TagReader& tags, const std::vector<LogFile>& files, Report& report)
{
    std::vector<Piece> pieces = Readers(ctx, topic, tags, files).run();
    std::vector<Log> logs;
    std::size_t last = files.size();
    for (Piece& piece : pieces) {
        const LogFile& file = files[piece.file];
        const std::string& name = file.shown;
        if (!piece.scan) {
            if (piece.scan.error().code == Code::config) {
                return tl::unexpected(std::move(piece.scan).error());
            }
            report.failed("logs.file", name, piece.scan.error());
        } else if (piece.skipped) {
            report.skipped("logs.file", name, "is no text (a program, a core file or an archive)");
        } else if (piece.file == last) {
            append(logs.back().scan, std::move(*piece.scan));
        } else {
            last = piece.file;
            logs.push_back({name, tags.rank_of_file(file.path.native()), file.info.mtime, file.info.size, std::move(*piece.scan), piece.counted_to});
        }
    }
    for (Log& log : logs) {
        if (log.scan.trouble) {
            report.failed("logs.file", log.name, *log.scan.trouble);
        }
    }
    return logs;
}

Result<Log> read_source(const rules::Topic& topic, const TagReader& tags, Source& source, const std::string& name)
{
    Feed feed(source, 0, 0, k_to_end);
    Scanner scanner(topic, tags, false);
    HPCDOC_TRY_ASSIGN(Scan scan, scanner.scan(feed));
    Log log;
    log.name = name;
    log.size = scan.bytes;
    log.scan = std::move(scan);
    return log;
}

} // namespace hpcdoc::logs

// SPDX-License-Identifier: Apache-2.0
#include "explain/asked.hpp"

#include <filesystem>

#include <hpcdoc/host.hpp>
#include <hpcdoc/terminal.hpp>

#include "util/strings.hpp"

namespace hpcdoc::explain {

namespace {

constexpr std::size_t k_head = std::size_t{1} << 20;
constexpr std::size_t k_tail = std::size_t{4} << 20;
constexpr std::uint64_t k_most = std::uint64_t{8} << 30; // a stream that never ends gives this in some seconds
constexpr std::chrono::milliseconds k_time_to_answer(500);

tl::unexpected<Error> nothing_to_explain(std::string what)
{
    return failure(Code::usage, std::move(what),
                   "give it a message, a code or a name: hpcdoc explain 137; or a pipe: mycommand 2>&1 | hpcdoc explain -");
}

bool blank(std::string_view text)
{
    return text.find_first_not_of(std::string_view(" \t\r\n\v\f\0", 7)) == std::string_view::npos;
}

Result<Asked> read_pipe(Context& ctx, TextInput& input)
{
    if (input.from_person()) {
        ctx.terminal.progress("Paste the text, then press Ctrl-D on a line of its own");
    }
    const bool bounded = ctx.until != std::chrono::steady_clock::time_point::max();
    const auto until = bounded ? ctx.until - k_time_to_answer : ctx.until;
    HPCDOC_TRY_ASSIGN(PipedText text, input.read({.head = k_head, .tail = k_tail, .most = k_most, .until = until, .stop = ctx.stop}));
    ctx.terminal.progress("");
    Asked asked;
    asked.head = std::move(text.head);
    asked.tail = std::move(text.tail);
    asked.lines_before_tail = text.lines_before_tail;
    asked.total = text.total;
    asked.source = "standard input";
    asked.end = text.end;
    if (blank(asked.head) && asked.tail.empty()) {
        return asked.end == PipedText::End::reached
                   ? nothing_to_explain("standard input is empty: there is nothing to explain")
                   : failure(Code::timed_out, "nothing came through standard input in time", "--deadline gives it more time");
    }
    return asked;
}

// "slurm-4242.out": who types the name of a log wants the log explained.
Result<std::optional<Asked>> read_file(Context& ctx, const std::string& word)
{
    std::error_code error;
    const std::filesystem::path path = std::filesystem::absolute(word, error);
    const bool like_a_path = word.find_first_of("/.") != std::string::npos && word.size() < 4096 && word.find_first_of("\n\t*") == std::string::npos;
    if (error || !like_a_path) {
        return std::nullopt;
    }
    const Result<FileInfo> info = ctx.host.stat(path);
    if (!info || info->kind != FileKind::regular) {
        return std::nullopt;
    }
    HPCDOC_TRY_ASSIGN(FileEnds ends, ctx.host.read_ends(path, k_head, k_tail));
    if (blank(ends.head) && ends.tail.empty()) {
        return nothing_to_explain("'" + util::printable(word) + "' is empty: there is nothing to explain");
    }
    Asked asked;
    asked.head = std::move(ends.head);
    asked.tail = std::move(ends.tail);
    asked.total = ends.size;
    asked.source = path.string();
    return asked;
}

} // namespace

Result<Asked> read_asked(Context& ctx, const ExplainQuestion& question, TextInput& input)
{
    const bool piped = question.words.empty() || (question.words.size() == 1 && question.words.front() == "-");
    if (question.words.empty() && input.from_person()) {
        return nothing_to_explain("there is nothing to explain");
    }
    if (piped) {
        return read_pipe(ctx, input);
    }
    if (question.words.size() == 1) {
        HPCDOC_TRY_ASSIGN(std::optional<Asked> file, read_file(ctx, question.words.front()));
        if (file) {
            return std::move(*file);
        }
    }
    Asked asked;
    asked.head = util::join(question.words, " ");
    asked.total = asked.head.size();
    asked.source = "your text";
    if (blank(asked.head)) {
        return nothing_to_explain("the text is empty: there is nothing to explain");
    }
    return asked;
}

} // namespace hpcdoc::explain

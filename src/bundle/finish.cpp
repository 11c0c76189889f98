// SPDX-License-Identifier: Apache-2.0
#include "bundle/finish.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <hpcdoc/config.hpp>

#include "archive/inspect.hpp"
#include "archive/pack.hpp"
#include "bundle/page_text.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;

constexpr std::array k_first{archive::k_readme_member, archive::k_summary_member, archive::k_manifest_member,
                             archive::k_page_member, archive::k_findings_member};
constexpr int k_rounds = 8;
constexpr std::uint64_t k_smallest = 4096; // what is smaller is not worth dropping
constexpr std::chrono::milliseconds k_encryption{60'000}, k_after_stop{3'000}, k_after_deadline{1'000};

// Without these there is no bundle.
bool is_needed(std::string_view member)
{
    return member == k_recording_member || member == archive::k_sums_member ||
           std::find(k_first.begin(), k_first.end(), member) != k_first.end();
}

Result<std::string> packed(const Draft& draft, const BundleRequest& request, const Config& config)
{
    return archive::pack(members_of(draft, config), draft.name, draft.manifest.started,
                         request.zstd ? archive::Compression::zstd : archive::Compression::gzip, k_first);
}

// Names of members in which there still is a secret.
Result<std::vector<std::string>> unclean(const std::string& bytes, const Redactor& redactor)
{
    HPCDOC_TRY_ASSIGN(std::vector<archive::Entry> entries, archive::inspect_bytes(bytes, "the new bundle"));
    std::vector<std::string> found;
    for (const auto& [name, bytes_of] : archive::harmless_members(std::move(entries))) {
        const std::string text = searchable(name, bytes_of);
        const Result<std::string> clean = redactor.clean(text);
        const Result<std::string> clean_name = redactor.clean(name);
        if (!clean || *clean != text || !clean_name || *clean_name != name) {
            found.push_back(name);
        }
    }
    return found;
}

// The largest members first, until so many bytes are gone.
void make_smaller(Draft& draft, double bytes)
{
    std::vector<std::pair<std::uint64_t, std::string>> sizes;
    for (const Item& item : draft.manifest.items) {
        for (const archive::ItemStream* stream : {&item.out, &item.err}) {
            if (!stream->member.empty() && stream->kept >= k_smallest && item.topic != "diagnosis") {
                sizes.emplace_back(stream->kept, stream->member);
            }
        }
    }
    std::sort(sizes.rbegin(), sizes.rend());
    for (const auto& [size, member] : sizes) {
        if (bytes <= 0) {
            return;
        }
        drop(draft, member, Item::Status::budget, "the bundle would have become too large (--max-size)");
        bytes -= static_cast<double>(size);
    }
}

std::uint64_t plain_size(const Draft& draft)
{
    std::uint64_t size = 1;
    for (const Item& item : draft.manifest.items) {
        size += item.out.kept + item.err.kept;
    }
    return size;
}

Result<std::string> small_enough(Draft& draft, const BundleRequest& request, const Config& config)
{
    for (int round = 0; round < k_rounds; ++round) {
        HPCDOC_TRY_ASSIGN(std::string bytes, packed(draft, request, config));
        if (bytes.size() <= request.max_size) {
            return bytes;
        }
        const double ratio = static_cast<double>(plain_size(draft)) / static_cast<double>(bytes.size());
        make_smaller(draft, ratio * static_cast<double>(bytes.size() - request.max_size) * 1.2);
    }
    return failure(Code::io, "the bundle does not fit into " + util::human_size(request.max_size), "give it more with --max-size");
}

} // namespace

Result<std::string> finish(Draft& draft, const BundleRequest& request, const Redactor& redactor, const Config& config)
{
    for (int round = 0; round < k_rounds; ++round) {
        HPCDOC_TRY_ASSIGN(std::string bytes, small_enough(draft, request, config));
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> members, unclean(bytes, redactor));
        if (members.empty()) {
            return bytes;
        }
        for (const std::string& member : members) {
            if (is_needed(member)) {
                return failure(Code::internal, "no bundle was written: '" + member + "' could not be cleaned of secrets",
                               "please tell the authors of hpcdoc");
            }
            drop(draft, member, Item::Status::redact_failed, "a second look found a secret in it");
        }
    }
    return failure(Code::internal, "no bundle was written: it could not be cleaned of secrets", "please tell the authors of hpcdoc");
}

Result<std::string> encrypted(Context& ctx, const std::string& bytes, const std::string& recipient)
{
    const bool age = recipient.starts_with("age1") || recipient.starts_with("ssh-");
    Invocation call;
    call.argv = age ? std::vector<std::string>{"age", "--encrypt", "--recipient", recipient}
                    : std::vector<std::string>{"gpg", "--batch", "--no-tty", "--trust-model", "always", "--recipient", recipient, "--encrypt"};
    call.input = bytes;
    call.out_cap = bytes.size() + bytes.size() / 8 + (1u << 20);
    // After Ctrl-C or the deadline there is not much time (app/watch.hpp): then what exists is still written, and in time.
    call.after_stop = true;
    call.deadline = ctx.stop.stop_requested() ? k_after_stop : k_encryption;
    call.until = ctx.until < std::chrono::steady_clock::time_point::max() - k_after_deadline ? ctx.until + k_after_deadline : ctx.until;
    call.effect = Effect::writes_own_files;
    Completion done = ctx.runner_here().run(call);
    if (done.how == Completion::How::not_found) {
        return failure(Code::unsupported, fmt::format("no bundle was written: '{}' is not installed, and the bundle is to be encrypted", call.argv.front()),
                       "install it, or give --no-encrypt to write it in the clear");
    }
    if (!done.ok() || done.truncated() || done.out.empty()) {
        // age says what is wrong first and whom to tell last; gpg the other way round.
        const std::vector<std::string_view> lines = util::lines(done.err);
        const auto error = std::find_if(lines.begin(), lines.end(), [](std::string_view line) { return util::contains(line, "error:"); });
        return failure(Code::unsupported,
                       fmt::format("no bundle was written: {} could not encrypt it to '{}': {}", call.argv.front(), util::printable(recipient),
                                   lines.empty() ? std::string(done.how == Completion::How::timed_out ? "no answer in time" : to_string(done.how)) : util::printable(error == lines.end() ? lines.back() : *error)),
                       "check the recipient, or give --no-encrypt to write it in the clear");
    }
    return std::move(done.out);
}

} // namespace hpcdoc::bundle

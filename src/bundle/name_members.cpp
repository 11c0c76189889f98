// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "archive/pack.hpp"
#include "bundle/assemble.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;
using archive::ItemStream;

constexpr std::string_view k_mark = "[REDACTED:";

// The rules that struck, read from the marks they leave: "[REDACTED:github-token#3]".
void count_marks(std::string_view text, std::map<std::string, unsigned>& counts)
{
    for (std::size_t at = text.find(k_mark); at != std::string_view::npos; at = text.find(k_mark, at + 1)) {
        const std::size_t begin = at + k_mark.size();
        const std::size_t end = text.find_first_of("#]\n", begin);
        if (end != std::string_view::npos && text[end] == '#') {
            ++counts[std::string(text.substr(begin, end - begin))];
        }
    }
}

// First and last part, cut at line ends where there are any near.
std::string ends_of(const std::string& text, const Kept& kept)
{
    if (text.size() <= kept.head + kept.tail) {
        return text;
    }
    std::size_t head = static_cast<std::size_t>(kept.head);
    const std::size_t line = text.rfind('\n', head);
    head = line == std::string::npos || line < head / 2 ? head : line + 1;
    std::size_t tail = text.size() - static_cast<std::size_t>(kept.tail);
    const std::size_t next = text.find('\n', tail);
    tail = next == std::string::npos || next - tail > kept.tail / 2 ? tail : next + 1;
    return text.substr(0, head) + fmt::format("[… {} bytes are left out here …]\n", tail - head) + text.substr(tail);
}

// "files/home/alice/x": what a path is called in an archive, whatever is in it.
std::string member_for(std::string_view path)
{
    std::string member = "files";
    for (const std::string_view part : util::split(path, '/')) {
        if (part.empty() || part == "." || part == "..") {
            continue;
        }
        std::string name(part.substr(0, 120));
        std::replace_if(name.begin(), name.end(), [](char c) { return c <= ' ' || c > '~' || c == '\\' || c == ':' || c == '*' || c == '?' || c == '"'; }, '_');
        member += "/" + name;
    }
    return member;
}

ItemStream stream_of(const std::string& member, const std::string& text, std::uint64_t seen)
{
    if (text.empty()) {
        return {{}, seen, 0, {}};
    }
    return {member, seen, text.size(), archive::sha256(text)};
}

class Naming {
public:
    Naming(Draft& draft, Collected& collected, const Redactor& redactor)
        : m_draft(draft), m_collected(collected), m_redactor(redactor)
    {
        for (Item& item : m_collected.items) {
            wash(item);
        }
    }

    void go()
    {
        for (RecordedCall& call : m_draft.recording.calls) {
            name(call);
        }
        for (RecordedLook& look : m_draft.recording.host.looks) {
            name(look);
        }
        for (auto& [member, text] : m_collected.texts) {
            add_text(member, text);
        }
        m_draft.manifest.items = std::move(m_collected.items);
    }

private:
    void wash(std::string& text) const { text = m_redactor.clean(text).value_or("[left out]"); }
    void wash(Item& item) const
    {
        for (std::string& word : item.argv) {
            wash(word);
        }
        wash(item.id);
        wash(item.path);
        wash(item.note);
    }

    std::string unique(std::string member)
    {
        const std::string plain = member;
        for (unsigned number = 2; !m_taken.insert(member).second; ++number) {
            member = fmt::format("{}~{}", plain, number);
        }
        return member;
    }

    Item* item_of(const RecordedCall& call)
    {
        const auto found = std::find_if(m_collected.items.begin(), m_collected.items.end(), [&](const Item& item) {
            return item.kind == Item::Kind::command && item.argv == call.argv && !m_told.contains(item.id);
        });
        return found == m_collected.items.end() ? nullptr : &*found;
    }

    Item& new_item(std::string id, Item::Kind kind)
    {
        Item& item = m_collected.items.emplace_back();
        item.id = std::move(id);
        item.topic = "diagnosis";
        item.kind = kind;
        item.why = "a diagnosis asked for it";
        item.start = m_draft.manifest.started;
        item.status = Item::Status::ok;
        return item;
    }

    void name(RecordedCall& call)
    {
        Item* item = item_of(call);
        if (item == nullptr) {
            item = &new_item(fmt::format("diagnosis.call-{:03}", ++m_calls), Item::Kind::command);
            item->argv = call.argv;
            item->duration = call.completion.elapsed;
            item->status = call.completion.ok() ? Item::Status::ok : Item::Status::nonzero;
            if (call.completion.how == Completion::How::exited) {
                item->exit = call.completion.status;
            }
        }
        m_told.insert(item->id);
        if (call.completion.how == Completion::How::not_recorded) {
            item->status = Item::Status::redact_failed;
            item->note = "its output could not be cleaned of secrets";
        }
        const std::size_t dot = item->id.find('.');
        call.member = unique(fmt::format("collect/{}/{}", item->topic, item->id.substr(dot == std::string::npos ? 0 : dot + 1)));
        if (call.completion.how == Completion::How::not_found) {
            call.completion.err.clear(); // the status says it
        }
        const auto kept = m_collected.kept.find(item->id);
        const std::uint64_t seen = call.completion.out_total;
        call.completion.out = ends_of(call.completion.out, kept == m_collected.kept.end() ? Kept{} : kept->second);
        item->out = stream_of(call.member + ".out", call.completion.out, seen);
        item->err = stream_of(call.member + ".err", call.completion.err, call.completion.err_total);
        count_marks(call.completion.out, item->redactions);
        count_marks(call.completion.err, item->redactions);
    }

    void name(RecordedLook& look)
    {
        if (look.op != "read" && look.op != "read_ends") {
            return;
        }
        const auto found = std::find_if(m_collected.items.begin(), m_collected.items.end(), [&](const Item& item) {
            return item.kind == Item::Kind::file && item.path == look.path && !m_told.contains(item.id);
        });
        Item* item = found == m_collected.items.end() ? nullptr : &*found;
        if (const auto* error = std::get_if<Error>(&look.answer); error != nullptr && error->code == Code::not_recorded && item != nullptr) {
            item->status = Item::Status::redact_failed;
            item->note = error->message;
        }
        if (std::holds_alternative<Error>(look.answer)) {
            return;
        }
        if (item == nullptr) {
            item = &new_item(fmt::format("diagnosis.file-{:03}", ++m_looks), Item::Kind::file);
            item->path = look.path;
        }
        m_told.insert(item->id);
        look.member = unique(member_for(look.path));
        describe(*item, look);
    }

    static void describe(Item& item, const RecordedLook& look)
    {
        if (const auto* text = std::get_if<std::string>(&look.answer)) {
            item.out = stream_of(look.member, *text, std::max<std::uint64_t>(item.out.seen, text->size()));
            count_marks(*text, item.redactions);
        } else if (const auto* ends = std::get_if<FileEnds>(&look.answer)) {
            item.out = stream_of(look.member + ".head", ends->head, std::max<std::uint64_t>(item.out.seen, ends->size));
            if (!ends->tail.empty()) {
                item.note = fmt::format("its last {} bytes are in {}.tail", ends->tail.size(), look.member);
            }
            count_marks(ends->head, item.redactions);
            count_marks(ends->tail, item.redactions);
        }
    }

    void add_text(const std::string& member, const std::string& text)
    {
        const auto item = std::find_if(m_collected.items.begin(), m_collected.items.end(), [&](const Item& one) { return one.out.member == member; });
        Result<std::string> clean = m_redactor.clean(text);
        if (item == m_collected.items.end()) {
            return;
        }
        if (!clean) {
            item->out = {};
            item->status = Item::Status::redact_failed;
            item->note = "it could not be cleaned of secrets";
            return;
        }
        item->out = stream_of(member, *clean, text.size());
        count_marks(*clean, item->redactions);
        m_draft.texts.emplace(member, std::move(*clean));
    }

    Draft& m_draft;
    Collected& m_collected;
    const Redactor& m_redactor;
    std::set<std::string> m_taken{}, m_told{};
    unsigned m_calls = 0, m_looks = 0;
};

} // namespace

void name_members(Draft& draft, Collected collected, const Redactor& redactor)
{
    Naming(draft, collected, redactor).go();
}

} // namespace hpcdoc::bundle

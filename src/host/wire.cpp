// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <type_traits>

#include "host/look.hpp"

namespace hpcdoc {

namespace {

class Writer {
public:
    std::string bytes{};

    void put(std::uint64_t value)
    {
        char raw[sizeof value];
        std::memcpy(raw, &value, sizeof value);
        bytes.append(raw, sizeof value);
    }
    void put(std::string_view text)
    {
        put(std::uint64_t{text.size()});
        bytes += text;
    }
    void put(const std::vector<std::string>& texts)
    {
        put(std::uint64_t{texts.size()});
        for (const std::string& text : texts) {
            put(std::string_view(text));
        }
    }
    void put(std::chrono::sys_seconds time) { put(static_cast<std::uint64_t>(time.time_since_epoch().count())); }
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        if (m_rest.size() < sizeof value) {
            m_good = false;
            return 0;
        }
        std::memcpy(&value, m_rest.data(), sizeof value);
        m_rest.remove_prefix(sizeof value);
        return value;
    }
    std::string text()
    {
        const std::uint64_t size = number();
        if (size > m_rest.size()) {
            m_good = false;
            return {};
        }
        std::string result(m_rest.substr(0, static_cast<std::size_t>(size)));
        m_rest.remove_prefix(result.size());
        return result;
    }
    std::vector<std::string> texts()
    {
        std::vector<std::string> result;
        for (std::uint64_t count = number(); count > 0 && m_good; --count) {
            result.push_back(text());
        }
        return result;
    }
    std::chrono::sys_seconds time()
    {
        return std::chrono::sys_seconds{std::chrono::seconds{static_cast<std::int64_t>(number())}};
    }
    bool whole() const { return m_good && m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_good = true;
};

void put(Writer& out, const Error& error)
{
    out.put(static_cast<std::uint64_t>(error.code));
    out.put(std::string_view(error.message));
    out.put(std::string_view(error.hint));
}

void put(Writer& out, const FileInfo& info)
{
    for (const std::uint64_t value :
         {static_cast<std::uint64_t>(info.kind), info.size, info.allocated, std::uint64_t{info.mode},
          std::uint64_t{info.uid}, std::uint64_t{info.gid}, std::uint64_t{info.readable}, std::uint64_t{info.writable},
          std::uint64_t{info.searchable}}) {
        out.put(value);
    }
    out.put(info.mtime);
}

void put(Writer& out, const std::string& text)
{
    out.put(std::string_view(text));
}
void put(Writer& out, const std::vector<std::string>& texts)
{
    out.put(texts);
}
void put(Writer& out, std::chrono::milliseconds time)
{
    out.put(static_cast<std::uint64_t>(time.count()));
}

void put(Writer& out, const FileEnds& ends)
{
    out.put(std::string_view(ends.head));
    out.put(std::string_view(ends.tail));
    out.put(ends.tail_offset);
    out.put(ends.size);
    out.put(ends.mtime);
}

void put(Writer& out, const SpaceInfo& space)
{
    for (const std::uint64_t value : {space.total, space.available, space.inodes, space.inodes_free}) {
        out.put(value);
    }
}

void put(Writer& out, const UserInfo& user)
{
    out.put(std::string_view(user.name));
    out.put(std::uint64_t{user.uid});
    out.put(std::uint64_t{user.gid});
    out.put(user.groups);
    out.put(std::string_view(user.home.native()));
}

Answer take_info(Reader& in)
{
    FileInfo info;
    info.kind = static_cast<FileKind>(in.number());
    info.size = in.number();
    info.allocated = in.number();
    info.mode = static_cast<unsigned>(in.number());
    info.uid = static_cast<unsigned>(in.number());
    info.gid = static_cast<unsigned>(in.number());
    info.readable = in.number() != 0;
    info.writable = in.number() != 0;
    info.searchable = in.number() != 0;
    info.mtime = in.time();
    return info;
}

Answer take_ends(Reader& in)
{
    FileEnds ends;
    ends.head = in.text();
    ends.tail = in.text();
    ends.tail_offset = in.number();
    ends.size = in.number();
    ends.mtime = in.time();
    return ends;
}

Answer take_user(Reader& in)
{
    UserInfo user;
    user.name = in.text();
    user.uid = static_cast<unsigned>(in.number());
    user.gid = static_cast<unsigned>(in.number());
    user.groups = in.texts();
    user.home = in.text();
    return user;
}

Answer take(Reader& in, std::uint64_t kind)
{
    switch (kind) {
    case 0: {
        Error error;
        error.code = static_cast<Code>(in.number());
        error.message = in.text();
        error.hint = in.text();
        return error;
    }
    case 1:
        return take_info(in);
    case 2:
        return in.text();
    case 3:
        return take_ends(in);
    case 4:
        return in.texts();
    case 5: {
        SpaceInfo space;
        space.total = in.number();
        space.available = in.number();
        space.inodes = in.number();
        space.inodes_free = in.number();
        return space;
    }
    case 6:
        return std::chrono::milliseconds{static_cast<std::int64_t>(in.number())};
    default:
        return take_user(in);
    }
}

static_assert(std::variant_size_v<Answer> == 8 && std::is_same_v<std::variant_alternative_t<7, Answer>, UserInfo>);

} // namespace

std::string encode(const Question& question)
{
    Writer out;
    out.put(static_cast<std::uint64_t>(question.op));
    out.put(std::string_view(question.subject));
    out.put(question.a);
    out.put(question.b);
    return std::move(out.bytes);
}

std::optional<Question> decode_question(std::string_view bytes)
{
    Reader in(bytes);
    Question question;
    question.op = static_cast<Question::Op>(in.number());
    question.subject = in.text();
    question.a = in.number();
    question.b = in.number();
    return in.whole() ? std::optional(std::move(question)) : std::nullopt;
}

std::string encode(const Answer& answer)
{
    Writer out;
    out.put(std::uint64_t{answer.index()});
    std::visit([&](const auto& value) { put(out, value); }, answer);
    return std::move(out.bytes);
}

std::optional<Answer> decode_answer(std::string_view bytes)
{
    Reader in(bytes);
    const std::uint64_t kind = in.number();
    Answer answer = take(in, kind);
    return in.whole() && kind < std::variant_size_v<Answer> ? std::optional(std::move(answer)) : std::nullopt;
}

} // namespace hpcdoc

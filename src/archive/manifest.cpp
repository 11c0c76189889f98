// SPDX-License-Identifier: Apache-2.0
#include "archive/manifest.hpp"

#include <array>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "exec/json_view.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::archive {

namespace {

using Json = nlohmann::json; // an ordered map inside: keys come out sorted
using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr std::string_view k_schema = "hpcdoc.manifest/1";
constexpr std::string_view k_hint =
    "the bundle is damaged, or it is none of hpcdoc's; 'hpcdoc bundle verify' says more";

// JSON is UTF-8; names of files need not be.
Json text(std::string_view value)
{
    return util::valid_utf8(value) ? Json(value) : Json{{"base64", util::base64_encode(value)}};
}

Json texts(const std::vector<std::string>& values)
{
    Json list = Json::array();
    for (const std::string& value : values) {
        list.push_back(text(value));
    }
    return list;
}

Json stamp(Moment time)
{
    if (time == Moment{}) {
        return nullptr;
    }
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    std::string whole = util::rfc3339(seconds);
    whole.pop_back();
    return fmt::format("{}.{:03}Z", whole, (time - seconds).count());
}

Json json_of(const ItemStream& stream)
{
    return {{"member", text(stream.member)}, {"seen", stream.seen}, {"kept", stream.kept}, {"sha256", stream.sha256}};
}

Json json_of(const std::optional<int>& number)
{
    return number ? Json(*number) : Json();
}

Json json_of(const Item& item)
{
    return {{"id", text(item.id)},
            {"topic", text(item.topic)},
            {"kind", to_string(item.kind)},
            {"argv", texts(item.argv)},
            {"path", text(item.path)},
            {"why", text(item.why)},
            {"start", stamp(item.start)},
            {"duration_ms", item.duration.count()},
            {"status", to_string(item.status)},
            {"exit", json_of(item.exit)},
            {"signal", json_of(item.signal)},
            {"stdout", json_of(item.out)},
            {"stderr", json_of(item.err)},
            {"redactions", item.redactions.empty() ? Json::object() : Json(item.redactions)},
            {"note", text(item.note)}};
}

Json answers_json(const std::map<std::string, std::string>& answers)
{
    Json json = Json::object();
    for (const auto& [question, answer] : answers) {
        json[question] = text(answer);
    }
    return json;
}

template<class Enum, std::size_t Count>
Enum one_of(const JsonView& view, const std::array<Enum, Count>& choices, Enum fallback)
{
    const std::string name = view.text();
    for (const Enum choice : choices) {
        if (name == to_string(choice)) {
            return choice;
        }
    }
    if (!view.failed()) {
        view.fail("is not a word that this version knows");
    }
    return fallback;
}

constexpr std::array k_kinds{Item::Kind::command, Item::Kind::file, Item::Kind::diagnosis};
constexpr std::array k_statuses{Item::Status::ok,      Item::Status::nonzero,       Item::Status::missing,
                                Item::Status::denied,  Item::Status::timeout,       Item::Status::unkillable,
                                Item::Status::skipped, Item::Status::redact_failed, Item::Status::budget,
                                Item::Status::failed};

// "2026-11-25T12:00:00.123Z"; null: no time.
Moment moment_of(const JsonView& view)
{
    if (view.null()) {
        return {};
    }
    const std::string written = view.text();
    const std::size_t dot = written.size() < 5 ? std::string::npos : written.size() - 5;
    if (dot == std::string::npos || written[dot] != '.' || written.back() != 'Z') {
        view.fail("must be a time like \"2026-11-25T14:03:00.000Z\"");
        return {};
    }
    const auto seconds = util::parse_stamp(written.substr(0, dot), std::chrono::seconds{0});
    const auto fraction = util::parse_unsigned(std::string_view(written).substr(dot + 1, 3));
    if (!seconds || !fraction) {
        view.fail("must be a time like \"2026-11-25T14:03:00.000Z\"");
        return {};
    }
    return *seconds + std::chrono::milliseconds(*fraction);
}

std::optional<int> integer_of(const JsonView& view)
{
    constexpr auto k_most = std::numeric_limits<int>::max();
    return view.null() ? std::nullopt : std::optional(static_cast<int>(view.number(0, -k_most, k_most)));
}

ItemStream stream_of(const JsonView& view)
{
    ItemStream stream;
    stream.member = view.member("member").text();
    stream.seen = view.member("seen").whole(0);
    stream.kept = view.member("kept").whole(0);
    stream.sha256 = view.member("sha256").text();
    return stream;
}

Item item_of(const JsonView& view)
{
    Item item;
    item.id = view.member("id").text();
    item.topic = view.member("topic").text();
    item.kind = one_of(view.member("kind"), k_kinds, item.kind);
    item.argv = view.member("argv").texts();
    item.path = view.member("path").text();
    item.why = view.member("why").text();
    item.start = moment_of(view.member("start"));
    item.duration = view.member("duration_ms").milliseconds();
    item.status = one_of(view.member("status"), k_statuses, item.status);
    item.exit = integer_of(view.member("exit"));
    item.signal = integer_of(view.member("signal"));
    item.out = stream_of(view.member("stdout"));
    item.err = stream_of(view.member("stderr"));
    view.member("redactions").each_member([&](const std::string& rule, const JsonView& count) {
        item.redactions[rule] = static_cast<unsigned>(count.number(0, 0, std::numeric_limits<unsigned>::max()));
    });
    item.note = view.member("note").text();
    return item;
}

Manifest read(const JsonView& view)
{
    Manifest manifest;
    manifest.hpcdoc = view.member("hpcdoc").text();
    manifest.rules = view.member("rules").text();
    manifest.host = view.member("host").text();
    manifest.role = view.member("role").text();
    manifest.user = view.member("user").text();
    manifest.cluster = view.member("cluster").text();
    manifest.started = view.member("started").time();
    manifest.took = view.member("took_ms").milliseconds();
    manifest.deadline = std::chrono::seconds(view.member("deadline_s").number(0, 0, 366ll * 86'400));
    manifest.max_size = view.member("max_size").whole(0);
    manifest.jobs = view.member("jobs").texts();
    manifest.complete = view.member("complete").flag();
    manifest.incomplete = view.member("incomplete").text();
    manifest.audience = view.member("audience").text();
    manifest.encrypted_to = view.member("encrypted_to").text();
    manifest.note = view.member("note").text();
    view.member("answers").each_member(
        [&](const std::string& question, const JsonView& answer) { manifest.answers[question] = answer.text(); });
    view.member("items").each([&](const JsonView& item) { manifest.items.push_back(item_of(item)); });
    return manifest;
}

tl::unexpected<Error> wrong(std::string_view source, const std::string& what, std::string hint = std::string(k_hint))
{
    return failure(Code::config, "'" + util::printable(source) + "': " + util::printable(what), std::move(hint));
}

} // namespace

std::string manifest_json(const Manifest& manifest)
{
    Json items = Json::array();
    for (const Item& item : manifest.items) {
        items.push_back(json_of(item));
    }
    const Json json{{"schema", k_schema},
                    {"hpcdoc", text(manifest.hpcdoc)},
                    {"rules", manifest.rules},
                    {"host", text(manifest.host)},
                    {"role", manifest.role},
                    {"user", text(manifest.user)},
                    {"cluster", text(manifest.cluster)},
                    {"started", util::rfc3339(manifest.started)},
                    {"took_ms", manifest.took.count()},
                    {"deadline_s", manifest.deadline.count()},
                    {"max_size", manifest.max_size},
                    {"jobs", texts(manifest.jobs)},
                    {"complete", manifest.complete},
                    {"incomplete", text(manifest.incomplete)},
                    {"audience", manifest.audience},
                    {"encrypted_to", text(manifest.encrypted_to)},
                    {"note", text(manifest.note)},
                    {"answers", answers_json(manifest.answers)},
                    {"items", std::move(items)}};
    // ASCII: people print it on terminals, and those obey more than JSON escapes.
    return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

Result<Manifest> manifest_from(std::string_view json, std::string_view source)
{
    std::string problem;
    const Json root = parse_json(json, problem);
    const JsonView view(root, problem);
    const std::string schema = problem.empty() ? view.member("schema").text() : "";
    if (problem.empty() && schema != k_schema) {
        const bool later = schema.starts_with("hpcdoc.manifest/");
        return wrong(source, fmt::format("its schema is '{}', this version reads '{}'", schema, k_schema),
                     later ? "it was made by another version of hpcdoc: read it with that one or a later one"
                           : std::string(k_hint));
    }
    Manifest manifest = problem.empty() ? read(view) : Manifest{};
    if (!problem.empty()) {
        return wrong(source, problem);
    }
    return manifest;
}

} // namespace hpcdoc::archive

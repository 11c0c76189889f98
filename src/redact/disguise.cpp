// SPDX-License-Identifier: Apache-2.0
#include "redact/disguise.hpp"

#include <algorithm>
#include <mutex>

#include "redact/common_names.hpp"
#include "redact/words.hpp"
#include "scan/word_finder.hpp"
#include "util/ascii.hpp"
#include "util/hostlist.hpp"
#include "util/strings.hpp"

namespace hpcdoc::redact {

namespace {

constexpr std::string_view k_mark = "[REDACTED";
constexpr std::size_t k_longest_mark = 80;

bool label_char(char c)
{
    return util::is_word_char(c) || c == '-';
}

std::string_view word_for(NameKind kind)
{
    switch (kind) {
    case NameKind::user: return "user";
    case NameKind::group: return "group";
    case NameKind::host: return "host";
    case NameKind::domain: return "domain";
    case NameKind::directory: return "directory";
    }
    return "name";
}

bool any_case(NameKind kind)
{
    return kind == NameKind::host || kind == NameKind::domain;
}

// "gpu-" of "gpu-003": empty without a number, or without a beginning.
std::string_view before_number(std::string_view host)
{
    const std::size_t last = host.find_last_not_of("0123456789");
    return last == std::string_view::npos || last + 1 == host.size() ? std::string_view() : host.substr(0, last + 1);
}

// What must stay as it is: marks of secrets, and pseudonyms.
std::vector<std::pair<std::size_t, std::size_t>> untouchable(std::string_view text)
{
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (std::size_t at = text.find(k_mark); at != std::string_view::npos; at = text.find(k_mark, at + 1)) {
        const std::size_t end = text.substr(0, at + k_longest_mark).find(']', at);
        found.emplace_back(at, end == std::string_view::npos ? at + k_mark.size() : end + 1);
    }
    return found;
}

bool within(const std::vector<std::pair<std::size_t, std::size_t>>& ranges, std::size_t begin)
{
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), std::pair(begin, std::string_view::npos));
    return after != ranges.begin() && begin < std::prev(after)->second;
}

// A word that is already a pseudonym, or part of one: "host" of "host-1".
bool in_pseudonym(std::string_view text, std::size_t begin, std::size_t end)
{
    while (begin > 0 && label_char(text[begin - 1])) {
        --begin;
    }
    while (end < text.size() && label_char(text[end])) {
        ++end;
    }
    return belongs_to_all(text.substr(begin, end - begin));
}

// Of "n[1-3],x": where "n[1-3]" ends. Several brackets and a suffix are parts of one name: "r[1-2]n[01-16]-ib".
std::size_t end_of_node_list(std::string_view text, std::size_t begin)
{
    bool within_bracket = false;
    std::size_t at = begin;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        const bool opens = c == '[' && !within_bracket, closes = c == ']' && within_bracket;
        if (!(label_char(c) || opens || closes || (c == ',' && within_bracket))) {
            break;
        }
        within_bracket = opens || (within_bracket && !closes);
    }
    return at;
}

} // namespace

struct Disguise::Words {
    scan::WordFinder finder{};
    std::vector<Name> names{};
};

// Numbers are given in the order in which names are told or seen.
std::string Disguise::number(std::string_view kind, std::string_view name) const
{
    const auto [place, added] = m_numbers.try_emplace({std::string(kind), std::string(name)}, 0U);
    if (added) {
        place->second = ++m_last[std::string(kind)];
    }
    return std::string(kind) + "-" + std::to_string(place->second);
}

void Disguise::add(NameKind kind, std::string_view name)
{
    const std::string key = any_case(kind) ? util::to_lower(name) : std::string(name);
    if (name.empty() || (kind != NameKind::directory && belongs_to_all(name)) || !m_told.emplace(kind, false, key).second) {
        return;
    }
    const std::string pseudonym = (kind == NameKind::directory ? "/" : "") + number(word_for(kind), key);
    m_names.push_back({kind, key, pseudonym, is_common_word(kind, name) ? Use::in_context : Use::always, false});
}

void Disguise::add_family(std::string_view host)
{
    const std::string beginning = util::to_lower(before_number(host));
    if (!beginning.empty() && m_told.emplace(NameKind::host, true, beginning).second) {
        m_names.push_back({NameKind::host, beginning, number("nodes", beginning) + "-", Use::always, true});
    }
}

void Disguise::name(NameKind kind, std::string name)
{
    const std::lock_guard lock(m_mutex);
    m_words.reset();
    while (kind == NameKind::directory && name.size() > 1 && name.ends_with('/')) {
        name.pop_back();
    }
    if (kind == NameKind::directory && (name.size() < 3 || !name.starts_with('/'))) {
        return;
    }
    if (kind == NameKind::host && util::contains(name, "[")) {
        add_family(name.substr(0, name.find('[')) + "0");
        constexpr std::size_t k_most_hosts = 10'000;
        for (const std::string& host : util::expand_hostlist(name, k_most_hosts).value_or(std::vector<std::string>{})) {
            add(kind, host);
        }
        return;
    }
    const std::size_t dot = name.find('.');
    if (kind == NameKind::host && dot != std::string::npos &&
        name.find_first_not_of("0123456789.") != std::string::npos) {
        add(NameKind::domain, name.substr(dot + 1));
        name.resize(dot);
    }
    add(kind, name);
    if (kind == NameKind::host) {
        add_family(name);
    }
}

std::shared_ptr<const Disguise::Words> Disguise::words() const
{
    {
        const std::shared_lock lock(m_mutex);
        if (m_words != nullptr) {
            return m_words;
        }
    }
    const std::lock_guard lock(m_mutex);
    if (m_words == nullptr) {
        auto made = std::make_shared<Words>();
        std::vector<std::string> texts;
        for (const Name& name : m_names) {
            texts.push_back(name.family ? name.text + "[" : name.text);
        }
        made->names = m_names;
        made->finder = scan::WordFinder(std::move(texts));
        m_words = std::move(made);
    }
    return m_words;
}

// "login01" of "login01.cluster.example.org": the domain stands at `domain`.
void Disguise::swap_host_in_domain(std::string_view text, std::size_t domain, std::vector<Swap>& swaps) const
{
    std::size_t begin = domain - 1;
    while (begin > 0 && (label_char(text[begin - 1]) || text[begin - 1] == '.')) {
        --begin;
    }
    while (begin < domain - 1 && !starts_word(text, begin)) {
        ++begin;
    }
    const std::string_view host = text.substr(begin, domain - 1 - begin);
    if (host.empty() || belongs_to_all(host)) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    swaps.push_back({begin, domain - 1, number("host", util::to_lower(host))});
}

void Disguise::swap_names(std::string_view text, std::vector<Swap>& swaps) const
{
    const std::shared_ptr<const Words> words = this->words();
    scan::WordFinder::Hits hits;
    words->finder.find(text, hits);
    for (const scan::WordFinder::Hit& hit : hits) {
        const Name& name = words->names[hit.word];
        const std::size_t begin = hit.position, end = begin + name.text.size();
        const bool directory = name.kind == NameKind::directory;
        const char before = begin == 0 ? '\n' : text[begin - 1];
        const char after = end < text.size() ? text[end] : '\n';
        if (!any_case(name.kind) && text.substr(begin, name.text.size()) != name.text) {
            continue;
        }
        if (name.family) {
            if (end + 1 < text.size() && util::is_digit(text[end + 1]) && before != '-' && starts_word(text, begin)) {
                swap_node_list(text, begin, text.substr(begin, end - begin), name.pseudonym, swaps);
            }
            continue;
        }
        const bool in_host = any_case(name.kind) && (before == '-' || (name.kind == NameKind::domain && after == '-'));
        if (!ends_word(text, end) || (!directory && !starts_word(text, begin)) || in_host ||
            (directory && (util::is_word_char(before) || before == '/' || after == '-'))) {
            continue;
        }
        if (name.kind == NameKind::directory && m_readers != Readers::everyone) {
            continue;
        }
        if (in_pseudonym(text, begin, end) || (name.use == Use::in_context && !stands_as_name(text, begin, end))) {
            continue;
        }
        if (name.kind == NameKind::domain && before == '.') {
            swap_host_in_domain(text, begin, swaps);
        }
        swaps.push_back({begin, end, name.pseudonym});
    }
}

// "gpu-[001-003]" becomes the list of the pseudonyms of its members: the same that they have when they stand alone.
void Disguise::swap_node_list(std::string_view text, std::size_t begin, std::string_view family,
                              const std::string& unreadable, std::vector<Swap>& swaps) const
{
    constexpr std::size_t k_most_hosts = 10'000, k_longest = 64u << 10, k_most_lists = 1000;
    const std::size_t end = end_of_node_list(text.substr(0, begin + std::min(k_longest, text.size() - begin)), begin);
    const std::string list = util::to_lower(text.substr(begin, end - begin));
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_lists.find(list); known != m_lists.end()) {
        swaps.push_back({begin, end, known->second});
        return;
    }
    const auto hosts = util::expand_hostlist(list, k_most_hosts);
    if (!hosts || hosts->empty()) {
        swaps.push_back({begin, begin + family.size(), unreadable});
        return;
    }
    std::vector<std::string> pseudonyms;
    for (const std::string& host : *hosts) {
        pseudonyms.push_back(number("host", host));
    }
    std::string folded = util::fold_hostlist(pseudonyms);
    if (m_lists.size() < k_most_lists) {
        m_lists.emplace(list, folded);
    }
    swaps.push_back({begin, end, std::move(folded)});
}

void Disguise::swap_addresses(std::string_view text, std::vector<Swap>& swaps) const
{
    constexpr std::string_view k_kinds[] = {"ipv4", "ipv6", "ethernet", "infiniband"};
    for (const Address& address : find_addresses(text)) {
        const std::string_view form = text.substr(address.begin, address.end - address.begin);
        std::string key = util::to_lower(form);
        if (address.kind == AddressKind::infiniband || address.kind == AddressKind::ethernet) { // one in several forms
            key = util::replace_all(util::replace_all(key.starts_with("0x") ? key.substr(2) : key, ":", ""), "-", "");
        }
        const std::string_view kind = k_kinds[static_cast<std::size_t>(address.kind)];
        const std::lock_guard lock(m_mutex);
        number(kind, key);
        const unsigned n = m_numbers.at({std::string(kind), key});
        swaps.push_back({address.begin, address.end, address_pseudonym(address.kind, form, n)});
    }
}

std::string Disguise::apply(std::string_view text) const
{
    if (!active()) {
        return std::string(text);
    }
    std::vector<Swap> swaps;
    swap_names(text, swaps);
    swap_addresses(text, swaps);
    std::stable_sort(swaps.begin(), swaps.end(), [](const Swap& a, const Swap& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    const auto kept = untouchable(text);
    std::string out;
    std::size_t at = 0;
    for (const Swap& swap : swaps) {
        if (swap.begin < at || within(kept, swap.begin)) {
            continue;
        }
        out.append(text.substr(at, swap.begin - at)).append(swap.with);
        at = swap.end;
    }
    return out.append(text.substr(at));
}

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
// Names and addresses that become others, for readers beyond the site. Works on texts that are free of secrets already.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <hpcdoc/redact.hpp>

#include "redact/addresses.hpp"

namespace hpcdoc::redact {

class Disguise {
public:
    void start(Readers readers) { m_readers = readers; }
    bool active() const { return m_readers != Readers::site; }
    void name(NameKind kind, std::string name);
    // The same text when it is applied twice.
    std::string apply(std::string_view text) const;

private:
    enum class Use { always, in_context };
    struct Name {
        NameKind kind = NameKind::user;
        std::string text{};
        std::string pseudonym{};
        Use use = Use::always;
        bool family = false; // the common beginning of numbered hosts: "gpu-" of "gpu-[001-004]"
                             // (its pseudonym is for lists that nobody can read)
    };
    struct Swap {
        std::size_t begin = 0, end = 0;
        std::string with{};
    };
    struct Words;

    void add(NameKind kind, std::string_view name);
    void add_family(std::string_view host);
    std::string number(std::string_view kind, std::string_view name) const;
    std::shared_ptr<const Words> words() const;
    void swap_names(std::string_view text, std::vector<Swap>& swaps) const;
    void swap_node_list(std::string_view text, std::size_t begin, std::string_view family,
                        const std::string& unreadable, std::vector<Swap>& swaps) const;
    void swap_addresses(std::string_view text, std::vector<Swap>& swaps) const;
    void swap_host_in_domain(std::string_view text, std::size_t domain, std::vector<Swap>& swaps) const;

    std::atomic<Readers> m_readers{Readers::site};
    mutable std::shared_mutex m_mutex{}; // of all below
    std::vector<Name> m_names{};
    std::set<std::tuple<NameKind, bool, std::string>> m_told{}; // kind, family, text: each once
    mutable std::shared_ptr<const Words> m_words{};
    mutable std::map<std::pair<std::string, std::string>, unsigned> m_numbers{}; // kind and name -> n
    mutable std::map<std::string, unsigned, std::less<>> m_last{};               // of each kind
    mutable std::map<std::string, std::string, std::less<>> m_lists{};           // node lists that were met before
};

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
// Which rank, node and time a line of a log says it is of. The forms are in share/hpcdoc/logs/prefixes.toml.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::logs {

// Seconds of some clock; two are compared only when both have a date. Zones are not told in most logs and are ignored.
struct Stamp {
    double seconds = 0; // since 1970, in the local time of the log
    double resolution = 1;
    bool dated = true; // with a year
    std::string text{};
};

struct Tags {
    std::optional<std::int64_t> rank{}, local_rank{};
    std::string host{};
    std::optional<Stamp> time{};
};

class TagReader {
public:
    static Result<TagReader> load(const std::string& toml, const std::string& file);
    TagReader(TagReader&&) noexcept;
    TagReader& operator=(TagReader&&) noexcept;
    ~TagReader();

    // `labels`: the file's lines begin with labels of ranks (see labelled()).
    Tags read(std::string_view line, bool labels) const;
    // What the lines around say of it, when it says nothing itself.
    Tags near(std::string_view line) const;
    std::optional<std::int64_t> rank_of_file(std::string_view path) const;
    // Nine of ten lines of the sample begin with a number as `srun --label` and `mpiexec -prepend-rank` write it.
    bool labelled(std::string_view sample) const;

private:
    struct Form;
    struct Forms;
    explicit TagReader(std::unique_ptr<Forms> forms);
    std::unique_ptr<Forms> m_forms;
};

} // namespace hpcdoc::logs

// SPDX-License-Identifier: Apache-2.0
// Progress and questions only, on stderr and only to a person; results go through Report.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hpcdoc {

class Terminal {
public:
    virtual ~Terminal() = default;
    virtual bool interactive() const = 0;
    virtual void progress(std::string_view doing) = 0;                     // replaces the line before; empty: clears it
    virtual bool confirm(std::string_view question) = 0;                   // not interactive: false
    virtual std::optional<std::string> ask(std::string_view question) = 0; // not interactive: nothing
};

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <stop_token>

#include <hpcdoc/terminal.hpp>

#include "app/screen.hpp"
#include "app/watch.hpp"

namespace hpcdoc::app {

// Progress on one line of stderr; questions answered on the terminal that stdin is.
class TerminalPosix final : public Terminal {
public:
    TerminalPosix(const Screen& screen, bool quiet, Watch& watch);
    ~TerminalPosix() override;
    TerminalPosix(const TerminalPosix&) = delete;
    TerminalPosix& operator=(const TerminalPosix&) = delete;

    bool interactive() const override { return m_interactive; }
    void progress(std::string_view doing) override;
    bool confirm(std::string_view question) override;
    std::optional<std::string> ask(std::string_view question) override;

private:
    std::optional<std::string> read_line() const;

    bool m_shows = false, m_interactive = false, m_unicode = false;
    std::size_t m_width = 79;
    Watch& m_watch;
    std::stop_token m_stop;
    std::mutex m_mutex{};
    bool m_line_is_used = false;
};

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
#include "bundle/doors.hpp"

namespace hpcdoc::bundle {

namespace {

Cleaner cleaner_of(const Redactor& redactor)
{
    return [&redactor](std::string_view text) { return redactor.clean(text); };
}

Context with(const Context& outer, Runner& runner, const Host& host)
{
    return {runner,         host,        outer.config,     outer.rules,   outer.redactor, outer.terminal, outer.share,
            outer.stop,     outer.until, outer.own_runner, outer.own_host};
}

} // namespace

RecordedDoors::RecordedDoors(Context& outer, const Redactor& redactor, std::chrono::steady_clock::time_point until)
    : m_until(outer.runner, until), m_runner(m_until, cleaner_of(redactor)),
      m_host(outer.host, Secrecy{cleaner_of(redactor), Redactor::never_open, Redactor::secret_name}),
      m_context(with(outer, m_runner, m_host))
{
    m_context.until = until;
}

ReplayedDoors::ReplayedDoors(const Context& outer, const Recording& recording)
    : m_runner(recording.calls), m_host(recording.host), m_context(with(outer, m_runner, m_host))
{
}

} // namespace hpcdoc::bundle

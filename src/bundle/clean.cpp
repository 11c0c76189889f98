// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "bundle/assemble.hpp"

namespace hpcdoc::bundle {

namespace {

constexpr std::string_view k_dropped = "[left out: it could not be cleaned of secrets]";

class Cleaning {
public:
    explicit Cleaning(const Redactor& redactor) : m_redactor(redactor) {}

    void wash(std::string& text) const
    {
        Result<std::string> clean = m_redactor.clean(text);
        text = clean ? std::move(*clean) : std::string(k_dropped);
    }
    void wash(std::vector<std::string>& texts) const
    {
        for (std::string& text : texts) {
            wash(text);
        }
    }
    void wash(UserInfo& user) const
    {
        wash(user.name);
        wash(user.groups);
        std::string home = user.home.native();
        wash(home);
        user.home = home;
    }
    void wash(Mount& mount) const
    {
        for (std::string* text : {&mount.source, &mount.point, &mount.type, &mount.options}) {
            wash(*text);
        }
    }
    void wash(RecordedCall& call) const
    {
        wash(call.argv);
        wash(call.completion.out);
        wash(call.completion.err);
    }
    void wash(RecordedLook& look) const
    {
        wash(look.path);
        if (auto* error = std::get_if<Error>(&look.answer)) {
            wash(error->message);
            wash(error->hint);
        } else if (auto* text = std::get_if<std::string>(&look.answer)) {
            wash(*text);
        } else if (auto* names = std::get_if<std::vector<std::string>>(&look.answer)) {
            wash(*names);
        } else if (auto* ends = std::get_if<FileEnds>(&look.answer)) {
            wash_ends(*ends);
        }
    }
    void wash(HostRecord& host) const
    {
        wash(host.name);
        wash(host.user);
        for (UserInfo& user : host.users) {
            wash(user);
        }
        for (auto& [name, value] : host.env) {
            if (value) {
                wash(*value);
            }
        }
        if (host.mounts && std::holds_alternative<std::vector<Mount>>(*host.mounts)) {
            for (Mount& mount : std::get<std::vector<Mount>>(*host.mounts)) {
                wash(mount);
            }
        }
        for (RecordedLook& look : host.looks) {
            wash(look);
        }
    }

private:
    // A whole file stays whole, as long as it has become.
    void wash_ends(FileEnds& ends) const
    {
        const bool whole = ends.whole();
        wash(ends.head);
        wash(ends.tail);
        if (whole) {
            ends.size = ends.head.size();
        } else {
            ends.size = ends.tail_offset + ends.tail.size();
        }
    }

    const Redactor& m_redactor;
};

} // namespace

void clean_recording(Recording& recording, const Redactor& redactor)
{
    const Cleaning cleaning(redactor);
    cleaning.wash(recording.command);
    cleaning.wash(recording.note);
    for (RecordedCall& call : recording.calls) {
        cleaning.wash(call);
    }
    cleaning.wash(recording.host);
}

} // namespace hpcdoc::bundle

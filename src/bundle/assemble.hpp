// SPDX-License-Identifier: Apache-2.0
// From what was collected to the members of a bundle: cleaned, named, cut, diagnosed again, described.
#pragma once

#include <string>

#include <hpcdoc/bundle.hpp>

#include "archive/manifest.hpp"
#include "archive/members.hpp"
#include "bundle/collect.hpp"
#include "exec/recording.hpp"

namespace hpcdoc::bundle {

// A bundle that is not packed yet.
struct Draft {
    Recording recording{};
    archive::Manifest manifest{};
    std::map<std::string, std::string> texts{}; // members that are not part of the recording
    Report report{};                            // of the diagnoses, as a reader of the bundle gets it
    std::string name{};                         // of the directory in the archive
};

// Takes every secret and, for readers beyond the site, every name out of what was recorded: paths, names and numbers of
// the machine as well as content. What cannot be cleaned is dropped.
void clean_recording(Recording& recording, const Redactor& redactor);

// Names the members, cuts long outputs, and completes the items with what was kept of them.
void name_members(Draft& draft, Collected collected, const Redactor& redactor);

// All members, the faces and the checksums included. `drop` removes a member from the bundle, and says so in the manifest.
archive::Members members_of(const Draft& draft, const Config& config);
void drop(Draft& draft, const std::string& member, archive::Item::Status status, const std::string& note);

} // namespace hpcdoc::bundle

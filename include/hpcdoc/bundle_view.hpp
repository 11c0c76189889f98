// SPDX-License-Identifier: Apache-2.0
// Looking into a bundle without unpacking it. FILE is an archive or a directory on this machine, even in a replay;
// nothing in it is trusted.
#pragma once

#include <string>
#include <vector>

#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

// What the bundle says of itself: where and when it was made, its findings, its members and what is missing.
Result<void> show_bundle(Context& ctx, const std::string& file, Report& report);
// One member as it is; `member` is its name, the end of it, or the id of an item in the manifest.
Result<void> show_bundle_member(Context& ctx, const std::string& file, const std::string& member, Report& report);

struct BundleSearch {
    std::string pattern{}, file{};
    std::vector<std::string> members{}; // names, directories or glob patterns; none: all
    bool ignore_case = false;
    bool fixed = false;  // the pattern is a text
    bool counts = false; // how many lines of each member, instead of the lines
};

// The lines that match, as "member:line: text".
Result<void> grep_bundle(Context& ctx, const BundleSearch& search, Report& report);

// Whether it is whole, unchanged, harmless and without secrets.
Result<void> verify_bundle(Context& ctx, const std::string& file, Report& report);

// What is not the same in two bundles, without what never is: times, process ids, counters.
Result<void> diff_bundles(Context& ctx, const std::string& before, const std::string& after, Report& report);

} // namespace hpcdoc

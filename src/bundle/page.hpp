// SPDX-License-Identifier: Apache-2.0
// The sections of report.html, each whole or, where there is nothing to say, empty.
#pragma once

#include <string>
#include <string_view>

#include "bundle/content.hpp"
#include "bundle/usage.hpp"

namespace hpcdoc::bundle::page {

std::string_view style(); // beyond that of every report

std::string cause(const Report& report);
std::string ticket(const Content& content);
std::string diagnoses(const Report& report);
std::string jobs(const Content& content);                              // a table of those that were explained
std::string usage(const Content& content, const Recording& recording); // what they used, as charts
std::string mounts(const Content& content, const Recording& recording);
std::string lost(const Content& content);
std::string timeline(const archive::Manifest& manifest);
std::string members(const Content& content);
std::string redactions(const archive::Manifest& manifest);

std::string_view class_of(archive::Item::Status status); // "s-ok"
// A section with a heading and an anchor; nothing for nothing.
std::string section(std::string_view id, std::string_view title, const std::string& inside);

} // namespace hpcdoc::bundle::page

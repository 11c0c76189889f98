// SPDX-License-Identifier: Apache-2.0
// The faces of a bundle: what a person reads before anything else. Pure: text in, text out; all of it is cleaned of
// secrets already, and none of it is trusted.
#pragma once

#include <string>

#include <hpcdoc/config.hpp>
#include <hpcdoc/report.hpp>

#include "archive/manifest.hpp"
#include "archive/members.hpp"

namespace hpcdoc::bundle {

struct Content {
    const archive::Manifest& manifest;
    const Report& report;            // a part (Report::reports) for each diagnosis that ran: "job explain 4242" …
    const archive::Members& members; // what was collected, by member name; ItemStream::member points here
    const Config& config;            // site.name, site.ticket_url, contacts
    std::string name{};              // of the bundle: "hpcdoc-bundle-lab-20261125T120000Z-1a2b3c4d"
};

std::string
readme_of(const Content& content); // README.txt: what this is, what was removed, how to look, verify, delete
std::string summary_of(const Content& content); // summary.txt: 60 lines at most, 80 columns
std::string page_of(const Content& content);    // report.html: one file, no network, no script

} // namespace hpcdoc::bundle

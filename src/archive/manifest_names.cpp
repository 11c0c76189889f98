// SPDX-License-Identifier: Apache-2.0
#include "archive/manifest.hpp"

namespace hpcdoc::archive {

std::string_view to_string(Item::Kind kind)
{
    switch (kind) {
    case Item::Kind::command: return "command";
    case Item::Kind::file: return "file";
    case Item::Kind::diagnosis: return "diagnosis";
    }
    return "command";
}

std::string_view to_string(Item::Status status)
{
    switch (status) {
    case Item::Status::ok: return "ok";
    case Item::Status::nonzero: return "nonzero";
    case Item::Status::missing: return "missing";
    case Item::Status::denied: return "denied";
    case Item::Status::timeout: return "timeout";
    case Item::Status::unkillable: return "unkillable";
    case Item::Status::skipped: return "skipped";
    case Item::Status::redact_failed: return "redact_failed";
    case Item::Status::budget: return "budget";
    case Item::Status::failed: return "failed";
    }
    return "failed";
}

} // namespace hpcdoc::archive

// SPDX-License-Identifier: Apache-2.0
// Logs that Windows programs wrote.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "logs/feed.hpp"

namespace hpcdoc::logs {

enum class ByteOrder { little, big };

// By its mark, or by every second byte being zero.
std::optional<ByteOrder> utf16_of(std::string_view beginning);
// The same text in UTF-8; half a pair becomes U+FFFD.
std::unique_ptr<Source> from_utf16(std::unique_ptr<Source> inner, ByteOrder order);

} // namespace hpcdoc::logs

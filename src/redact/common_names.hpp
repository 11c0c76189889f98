// SPDX-License-Identifier: Apache-2.0
// Names that are told as those of people or hosts and are words as well.
#pragma once

#include <cstddef>
#include <string_view>

#include <hpcdoc/redact.hpp>

namespace hpcdoc::redact {

// Of the system or of nobody: "root", "localhost", "42"; also what is a pseudonym already.
bool belongs_to_all(std::string_view name);
// A word of the language, or so short that it stands everywhere: a name only where nothing else can be meant.
bool is_common_word(NameKind kind, std::string_view name);
// "/home/test/", "UserId=test(1001)", "test@login1": there it is a name.
bool stands_as_name(std::string_view text, std::size_t begin, std::size_t end);

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
// What is wrong with a command line, in hpcdoc's words instead of CLI11's.
#pragma once

#include <span>
#include <string_view>

#include <hpcdoc/result.hpp>

#include "app/option_list.hpp"

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace hpcdoc::app {

Error unknown_option(std::string_view word, std::string_view path, std::span<const OptionInfo> known);
Error explain_parse_error(const CLI::ParseError& error, const CLI::App& app, std::string_view path);

} // namespace hpcdoc::app

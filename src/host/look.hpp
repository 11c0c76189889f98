// SPDX-License-Identifier: Apache-2.0
// The questions that can hang. look() asks the system and blocks as long as that takes: only a worker calls it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <hpcdoc/host.hpp>

namespace hpcdoc {

struct Question {
    enum class Op : std::uint8_t { stat, lstat, read, read_ends, list, space, connect, self, user_by_id, user_by_name };
    Op op = Op::stat;
    std::string subject{};      // a path, a host, a user's name
    std::uint64_t a = 0, b = 0; // caps; port and milliseconds; uid
};

using Answer = std::variant<Error, FileInfo, std::string, FileEnds, std::vector<std::string>, SpaceInfo,
                            std::chrono::milliseconds, UserInfo>;

Answer look(const Question& question);

// "cannot read '/x': permission denied", with the code that fits the errno.
Error system_error(std::string_view doing, std::string_view subject, int error);

// Parts of look().
Answer look_at_file(const Question& question);
Answer look_for_user(const Question& question);
Answer look_at_server(const Question& question);

// Between a worker and us, on one machine and of one build.
std::string encode(const Question& question);
std::string encode(const Answer& answer);
std::optional<Question> decode_question(std::string_view bytes);
std::optional<Answer> decode_answer(std::string_view bytes);

} // namespace hpcdoc

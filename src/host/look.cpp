// SPDX-License-Identifier: Apache-2.0
#include "host/look.hpp"

#include <cerrno>
#include <new>

#include <fmt/format.h>

#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc {

Error system_error(std::string_view doing, std::string_view subject, int error)
{
    Code code = Code::io;
    if (error == ENOENT || error == ENOTDIR) {
        code = Code::not_found;
    } else if (error == EACCES || error == EPERM) {
        code = Code::denied;
    } else if (error == ETIMEDOUT || error == EHOSTDOWN) {
        code = Code::timed_out;
    } else if (error == ENXIO || error == EAGAIN) {
        code = Code::unsupported;
    }
    const std::string hint =
        error == ESTALE ? "the file server no longer knows it: log in anew, or tell the storage admins" : "";
    return {
        code, fmt::format("cannot {} '{}': {}", doing, util::printable(subject), util::errno_text(error)), hint, {}};
}

Answer look(const Question& question)
{
    using Op = Question::Op;
    try {
        switch (question.op) {
        case Op::stat:
        case Op::lstat:
        case Op::read:
        case Op::read_ends:
        case Op::list:
        case Op::space:
            return look_at_file(question);
        case Op::connect:
            return look_at_server(question);
        case Op::self:
        case Op::user_by_id:
        case Op::user_by_name:
            return look_for_user(question);
        }
    } catch (const std::bad_alloc&) {
        return system_error("look at", question.subject, ENOMEM);
    }
    return Error{Code::internal, "an unknown question", "", {}};
}

} // namespace hpcdoc

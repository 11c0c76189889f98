// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>

#include <hpcdoc/context.hpp>

namespace hpcdoc {

Result<std::string> Context::data(const std::filesystem::path& name) const
{
    const std::filesystem::path file = share / name;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return failure(Code::config, "cannot read '" + file.string() + "', which belongs to hpcdoc",
                       "reinstall hpcdoc, or set HPCDOC_SHARE to its share directory");
    }
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

} // namespace hpcdoc

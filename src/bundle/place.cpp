// SPDX-License-Identifier: Apache-2.0
#include "bundle/place.hpp"

#include <system_error>

#include <hpcdoc/host.hpp>

#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc::bundle {

namespace {

// Empty: it can be written to.
std::string trouble_with(const Host& host, const std::filesystem::path& dir)
{
    const Result<FileInfo> info = host.stat(dir);
    if (!info) {
        return info.error().message;
    }
    if (info->kind != FileKind::directory) {
        return "'" + util::printable(dir.native()) + "' is not a directory";
    }
    return info->writable ? "" : "'" + util::printable(dir.native()) + "' cannot be written to";
}

Result<Place> asked_for(const Host& host, const std::filesystem::path& path)
{
    if (const Result<FileInfo> info = host.lstat(path); info && info->kind != FileKind::directory) {
        return failure(Code::usage, "'" + util::printable(path.native()) + "' is there already", "give another name to --output");
    } else if (info) {
        const std::string trouble = trouble_with(host, path);
        return trouble.empty() ? Result<Place>(Place{path, {}, {}}) : failure(Code::usage, trouble, "give another directory to --output");
    }
    const std::filesystem::path dir = path.parent_path();
    if (const std::string trouble = trouble_with(host, dir); !trouble.empty()) {
        return failure(Code::usage, trouble, "give another directory to --output");
    }
    return Place{dir, path, {}};
}

} // namespace

Result<Place> place_for(Context& ctx, const BundleRequest& request)
{
    std::error_code error;
    const std::filesystem::path here = std::filesystem::current_path(error);
    if (!request.output.empty()) {
        const std::filesystem::path path(request.output);
        return asked_for(ctx.host_here(), (path.is_absolute() ? path : here / path).lexically_normal());
    }
    const std::string trouble = error ? "the current directory is gone" : trouble_with(ctx.host_here(), here);
    if (trouble.empty() || request.preview) {
        return Place{here, {}, {}};
    }
    for (const std::filesystem::path& dir : {std::filesystem::path(ctx.host_here().env("TMPDIR").value_or("/tmp")), std::filesystem::path("/tmp")}) {
        if (dir.is_absolute() && trouble_with(ctx.host_here(), dir).empty()) {
            return Place{dir, {}, "not in the current directory: " + trouble};
        }
    }
    return failure(Code::io, "there is no place for the bundle: " + trouble, "name a directory that can be written to with --output");
}

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
#include "report/renderers.hpp"

namespace hpcdoc {

std::string render(const Report& report, Format format, const Style& style)
{
    switch (format) {
    case Format::text: return report::render_text(report, style);
    case Format::json: return report::render_json(report);
    case Format::markdown: return report::render_markdown(report, style);
    case Format::html: return report::render_html(report);
    }
    return report::render_text(report, style);
}

} // namespace hpcdoc

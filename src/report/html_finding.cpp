// SPDX-License-Identifier: Apache-2.0
#include "report/html_parts.hpp"

#include <fmt/format.h>

#include "report/links.hpp"
#include "util/strings.hpp"

namespace hpcdoc::report::html {

namespace {

std::string contact_of(const std::string& contact)
{
    if (mail_address(contact)) {
        return fmt::format("<a href=\"mailto:{0}\">{0}</a>", escape(contact));
    }
    if (web_address(contact)) {
        return fmt::format("<a href=\"{0}\" rel=\"noopener noreferrer\">{0}</a>", escape(contact));
    }
    return text(contact);
}

} // namespace

std::string evidence(const Finding& finding, bool open)
{
    std::string all;
    const std::string origin = finding.origin ? origin_text(*finding.origin) : std::string();
    if (!origin.empty()) {
        all += fmt::format("<p class=\"origin\">Began at <code>{}</code></p>\n", escape(origin));
    }
    for (const Evidence& piece : finding.evidence) {
        const std::string source =
            fmt::format("<code>{}</code>", text(piece.source.empty() ? "evidence" : piece.source));
        const std::string excerpt = block(piece.excerpt);
        all += excerpt.empty()
                   ? fmt::format("<p class=\"origin\">{}</p>\n", source)
                   : details(source, fmt::format("<pre class=\"excerpt\">{}</pre>\n", excerpt), open, "evidence");
    }
    return all;
}

std::string fixes(const Finding& finding)
{
    std::string steps;
    for (const Fix& fix : finding.fixes) {
        const std::string_view risk = risk_note(fix.risk);
        steps += fmt::format(
            "<li><p>{}{}</p>\n", fix.text.empty() ? "Run this" : text(fix.text),
            risk.empty() ? "" : fmt::format(" <span class=\"risk {}\">{}</span>", to_string(fix.risk), risk));
        for (const std::string& command : fix.commands) {
            steps += fmt::format("<pre class=\"command\"><code>{}</code></pre>\n", escape(util::printable(command)));
        }
        steps += "</li>\n";
    }
    return steps.empty() ? steps : fmt::format("<ol class=\"steps\">\n{}</ol>\n", steps);
}

std::string see(const Finding& finding)
{
    std::string links;
    for (const std::string& link : finding.see) {
        links += web_address(link)
                     ? fmt::format("<li><a href=\"{0}\" rel=\"noopener noreferrer\">{0}</a></li>\n", escape(link))
                     : fmt::format("<li>{}</li>\n", text(link));
    }
    return links.empty() ? links : fmt::format("<ul class=\"see\">\n{}</ul>\n", links);
}

std::string escalation(const Finding& finding, bool open)
{
    if (!finding.escalate) {
        return {};
    }
    const Escalation& escalation = *finding.escalate;
    std::string all = fmt::format("<p class=\"contact\"><strong>{}</strong>",
                                  text(escalation.to.empty() ? "support" : escalation.to));
    all += escalation.contact.empty() ? "</p>\n" : fmt::format(" {}</p>\n", contact_of(escalation.contact));
    all += escalation.why.empty() ? "" : fmt::format("<p>{}</p>\n", text(escalation.why));
    std::string attach;
    for (const std::string& item : escalation.attach) {
        attach += fmt::format("<li>{}</li>\n", text(item));
    }
    all += attach.empty() ? "" : fmt::format("<p>Attach:</p>\n<ul>\n{}</ul>\n", attach);
    const std::string message = block(escalation.message);
    return message.empty() ? all
                           : all + details("Message, ready to send",
                                           fmt::format("<pre class=\"message\">{}</pre>\n", message), open, "evidence");
}

} // namespace hpcdoc::report::html

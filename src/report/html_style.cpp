// SPDX-License-Identifier: Apache-2.0
#include "report/html_parts.hpp"

namespace hpcdoc::report::html {

namespace {

// Text on its ground has a contrast of at least 4.5:1 in both schemes (WCAG 2.2, 1.4.3).
constexpr char k_sheet[] = R"css(:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #ffffff; --ink: #1c2127; --muted: #57606b; --line: #dde2e8; --code: #f3f5f7; --link: #0a58a8;
  --critical: #8f0f35; --critical-soft: #fdeaf0; --error: #b3261e; --error-soft: #fdefed;
  --warning: #865100; --warning-soft: #fff5e0; --note: #1558b0; --note-soft: #edf4ff;
  --fine: #1a6b3a; --fine-soft: #eaf7ef; --unknown: #6243a3; --unknown-soft: #f3eefd;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101418; --card: #181d23; --ink: #e5e9ee; --muted: #9ba7b4; --line: #2d3640; --code: #0f1419; --link: #86b8ff;
    --critical: #ff9bb0; --critical-soft: #3b1522; --error: #ff9486; --error-soft: #381a17;
    --warning: #f0bb58; --warning-soft: #33270f; --note: #8dbbff; --note-soft: #16273f;
    --fine: #78d69b; --fine-soft: #13301f; --unknown: #c7adff; --unknown-soft: #281e3d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
header, main, footer { max-width: 56rem; margin: 0 auto; padding: 0 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; padding-top: 1rem; color: var(--muted);
  font-size: .875rem; }
header p { margin: 0; }
.brand strong { color: var(--ink); letter-spacing: .01em; margin-right: .35rem; }
footer { color: var(--muted); font-size: .8125rem; margin-top: 1.5rem; padding-bottom: 2rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; margin: 0 0 .6rem; font-weight: 650; text-wrap: balance; }
h1 { font-size: 1.6rem; letter-spacing: -.01em; }
h2 { font-size: 1.125rem; } h3 { font-size: 1rem; } h4, h5, h6 { font-size: .9375rem; }
p { margin: 0 0 .6rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font-family: var(--mono); font-size: .8438rem; font-variant-ligatures: none; }
pre { margin: .4rem 0 0; padding: .65rem .8rem; background: var(--code); border: 1px solid var(--line); border-radius: 6px;
  overflow-x: auto; line-height: 1.5; overflow-wrap: normal; tab-size: 4; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.35rem; margin: 1rem 0; }
.card > :last-child { margin-bottom: 0; }
.critical { --tone: var(--critical); --soft: var(--critical-soft); } .error { --tone: var(--error); --soft: var(--error-soft); }
.warning { --tone: var(--warning); --soft: var(--warning-soft); } .note { --tone: var(--note); --soft: var(--note-soft); }
.fine { --tone: var(--fine); --soft: var(--fine-soft); } .unknown { --tone: var(--unknown); --soft: var(--unknown-soft); }
.plain { --tone: var(--line); --soft: var(--code); }
.verdict { border-left: 6px solid var(--tone); padding: 1.3rem 1.5rem; }
.verdict .headline { color: var(--muted); }
.verdict .cause { max-width: 68ch; }
.badge { display: inline-flex; align-items: center; gap: .4rem; padding: .16rem .6rem .16rem .42rem; margin-bottom: .7rem;
  border-radius: 99px; background: var(--soft); color: var(--tone); font-size: .75rem; font-weight: 700; letter-spacing: .05em;
  white-space: nowrap; }
.badge svg { fill: currentColor; flex: none; width: .95rem; height: .95rem; }
.badge .cut { fill: none; stroke: var(--soft); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.known { color: var(--muted); font-size: .8125rem; margin-bottom: 0; }
.known code { color: var(--ink); font-size: .8125rem; }
.certainty::before, .label::before { content: "·"; margin: 0 .35em; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .8rem 1.25rem; margin: 1.1rem 0 0;
  padding-top: 1rem; border-top: 1px solid var(--line); }
.facts dt { color: var(--muted); font-size: .75rem; letter-spacing: .02em; }
.facts dd { margin: 0; font-weight: 500; font-variant-numeric: tabular-nums; }
.steps { list-style: none; counter-reset: step; margin: 0; padding: 0; }
.steps > li { counter-increment: step; position: relative; padding-left: 2.4rem; margin-bottom: 1rem; min-height: 1.7rem; }
.steps > li:last-child { margin-bottom: 0; }
.steps > li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 1.6rem; height: 1.6rem;
  border-radius: 50%; border: 1px solid var(--line); background: var(--code); font-size: .8125rem; font-weight: 650;
  line-height: 1.5rem; text-align: center; font-variant-numeric: tabular-nums; }
.steps p { margin: 0; }
.command { padding: 0; border-left: 3px solid var(--muted); }
.command code { display: block; width: max-content; min-width: 100%; padding: .55rem .8rem; user-select: all;
  -webkit-user-select: all; cursor: copy; }
.risk { font-size: .75rem; font-weight: 650; padding: .05rem .45rem; border-radius: 4px; white-space: nowrap;
  background: var(--note-soft); color: var(--note); }
.risk.needs_admin, .risk.needs-admin { background: var(--warning-soft); color: var(--warning); }
.risk.destructive { background: var(--error-soft); color: var(--error); }
.ask ul, .finding > ul { margin: 0 0 .6rem; padding-left: 1.2rem; }
.see { margin: .8rem 0 0; padding-left: 1.1rem; font-size: .875rem; }
details { margin-top: .7rem; }
.proof > details:first-of-type { margin-top: 0; }
summary { cursor: pointer; font-size: .875rem; color: var(--muted); width: fit-content; max-width: 100%; }
summary code { font-size: .8125rem; }
.origin { color: var(--muted); font-size: .875rem; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; }
.group > h2, .group > h3, .group > h4 { margin: 1.6rem 0 .2rem; }
.finding { padding: .95rem 1.35rem; border-left: 4px solid var(--tone); margin: .7rem 0; }
.line { display: flex; flex-wrap: wrap; gap: 0 .65rem; align-items: baseline; margin-bottom: .25rem; }
.line > * { margin-bottom: .2rem; }
.line .badge { align-self: flex-start; }
.finding .steps > li { padding-left: 1.9rem; }
.finding .steps > li::before { width: 1.35rem; height: 1.35rem; line-height: 1.25rem; font-size: .75rem; top: .1rem; }
.finding .known { margin-top: .8rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; overflow-wrap: normal; }
caption { caption-side: bottom; text-align: left; color: var(--muted); font-size: .8125rem; padding-top: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--muted); font-size: .75rem; font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 550; } tbody tr:last-child > * { border-bottom: 0; }
th.num, td.num { font-variant-numeric: tabular-nums; }
td .badge { margin: 0; } td code { white-space: nowrap; }
.unseen ul, .seen ul { margin: 0; padding-left: 1.1rem; font-size: .9375rem; }
.unseen li, .seen li { margin-bottom: .3rem; }
.failed, .found { color: var(--warning); } .skipped { color: var(--muted); } .passed { color: var(--fine); }
.seen { padding: 0 .2rem; }
.part { margin-top: 2.4rem; padding-top: .6rem; border-top: 1px solid var(--line); }
.part .verdict > h2 { font-size: 1.3rem; }
@media (max-width: 34rem) {
  header, main, footer { padding-left: .8rem; padding-right: .8rem; }
  .card, .verdict { padding: .95rem 1rem; border-radius: 8px; }
  h1 { font-size: 1.3rem; }
  .steps > li { padding-left: 0; } .steps > li > p { padding-left: 2.2rem; min-height: 1.6rem; }
  .finding .steps > li { padding-left: 0; } .finding .steps > li > p { padding-left: 1.8rem; }
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .7rem 1rem; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --card: #fff; --ink: #000; --muted: #444; --line: #bbb; --code: #fff;
    --link: #000; --critical: #8f0f35; --critical-soft: #fff; --error: #b3261e; --error-soft: #fff; --warning: #865100;
    --warning-soft: #fff; --note: #1558b0; --note-soft: #fff; --fine: #1a6b3a; --fine-soft: #fff; --unknown: #6243a3;
    --unknown-soft: #fff; }
  @page { margin: 16mm; }
  body { font-size: 10pt; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .badge { border: 1px solid currentColor; }
  pre, .command code { white-space: pre-wrap; overflow-wrap: anywhere; width: auto; }
  .scroll { overflow: visible; }
  h1, h2, h3, h4, summary, .origin { break-after: avoid; }
  .steps > li, .finding, tr { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; }
}
)css";

} // namespace

std::string_view style_sheet()
{
    return k_sheet;
}

} // namespace hpcdoc::report::html

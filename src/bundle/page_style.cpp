// SPDX-License-Identifier: Apache-2.0
#include "bundle/page.hpp"

namespace hpcdoc::bundle::page {

namespace {

// Bars stand out from the card by at least 3:1 in both schemes (WCAG 2.2, 1.4.11).
constexpr char k_sheet[] = R"css(
main > h1 { margin-top: 1.2rem; }
main > .headline, .muted { color: var(--muted); font-size: .875rem; }
.chapter > h2 { margin: 2.2rem 0 .2rem; }
.toc { font-size: .875rem; max-width: 56rem; margin: .8rem auto 0; padding: 0 1.25rem; }
.toc ul, .topics, .legend, .found-too { list-style: none; margin: 0; padding: 0; }
.toc ul, .topics, .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; }
.toc a { display: inline-block; padding: .1rem 0; }
.eyebrow { color: var(--muted); font-size: .75rem; font-weight: 650; letter-spacing: .05em; text-transform: uppercase;
  margin: 1rem 0 .4rem; }
.verdict > .eyebrow:first-child { margin-top: 0; }
.verdict > .badge + h2 { font-size: 1.35rem; }
.incomplete { background: var(--soft); color: var(--tone); border-color: currentColor; }
blockquote { margin: 0 0 1rem; padding: .1rem 0 .1rem 1rem; border-left: 3px solid var(--line); white-space: pre-wrap;
  max-width: 75ch; }
.answers > div { margin-bottom: .6rem; } .answers dt { color: var(--muted); font-size: .8125rem; } .answers dd { margin: 0; }
.card > .facts:first-child { border-top: 0; padding-top: 0; margin-top: 0; }
.found-too li { display: flex; gap: .65rem; align-items: baseline; margin-bottom: .35rem; }
.found-too .badge { margin: 0; flex: none; }
.diagnosis > summary { font-size: .9375rem; color: var(--ink); } .diagnosis > summary .badge { margin: 0 .3rem 0 0; vertical-align: middle; }
.lost { list-style: none; margin: 0; padding: 0; } .lost li { margin-bottom: .6rem; }
.key { width: 10px; height: 10px; vertical-align: baseline; }
.chart { display: block; overflow: visible; margin: .8rem 0 .4rem; font: .75rem var(--sans); }
.chart text { fill: var(--ink); } .chart .remark, .chart .tick { fill: var(--muted); }
.chart .grid { stroke: var(--line); }
.legend { margin-bottom: .4rem; font-size: .8125rem; }
.s-ok, .s-nonzero, .s-hung, .s-failed, .s-absent { fill: var(--tone); stroke: var(--tone); stroke-width: 1; }
.s-ok { --tone: var(--fine); } .s-nonzero { --tone: var(--warning); } .s-hung { --tone: var(--error); }
.s-failed { --tone: var(--critical); } .s-absent { --tone: var(--muted); }
.s-hung, .s-failed { stroke-width: 2; }
.u-asked { fill: var(--code); stroke: var(--muted); } .u-used { fill: var(--note); stroke: var(--note); }
.u-full { fill: var(--error); stroke: var(--error); }
.usage h4 { margin: 1rem 0 0; }
.topics { margin: .6rem 0; font-size: .875rem; }
.topic > h3 { margin-bottom: .2rem; }
.member { margin-top: .5rem; } .member > summary { color: var(--ink); }
pre.member { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 36rem; overflow-y: auto; }
.left-out { color: var(--warning); font-size: .8125rem; margin: .6rem 0; }
mark { background: var(--unknown-soft); color: var(--unknown); border-radius: 3px; padding: 0 .15em; }
:target { scroll-margin-top: 1rem; }
@media (min-width: 84rem) {
  .frame { display: grid; grid-template-columns: 11rem minmax(0, 64rem); justify-content: center; gap: 0 1.5rem; }
  .frame > .toc { position: sticky; top: 0; align-self: start; padding: 1.6rem 0 0; margin: 0; }
  .frame > .toc ul { display: block; } .toc li { margin-bottom: .3rem; }
  .frame > main { max-width: none; margin: 0; padding: 0; width: 100%; }
  body > header, body > footer { max-width: 76.5rem; padding-left: 0; padding-right: 0; }
}
@media print {
  .toc, .topics { display: none; }
  .member:not([open])::details-content, .all-items:not([open])::details-content { content-visibility: hidden; block-size: 0; }
  pre.member { max-height: none; }
  .chart, .lost li { break-inside: avoid; }
  rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

} // namespace

std::string_view style()
{
    return k_sheet;
}

} // namespace hpcdoc::bundle::page

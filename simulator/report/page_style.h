// The styles of a page: light or dark as its reader has it, one column on a
// phone.
// Tested by tests/report/page_test.cpp.
#pragma once

namespace simulate {

inline constexpr const char* kPageStyle = R"css(
:root { color-scheme: light dark;
  --back: #f6f7f9; --card: #ffffff; --text: #1b1f24; --dim: #586069;
  --line: #d9dee4; --track: #e9edf1; --fill: #2f6db5; --tick: #1b1f24;
  --good: #1a7f37; --look: #9a5b00; --bad: #c0232c;
  --good-back: #e3f4e7; --look-back: #fdf1d8; --bad-back: #fde6e7; }
@media (prefers-color-scheme: dark) { :root {
  --back: #14171b; --card: #1d2126; --text: #e7eaee; --dim: #a2abb5;
  --line: #353b43; --track: #2a3037; --fill: #6aa5ea; --tick: #f2f4f6;
  --good: #6fd68a; --look: #f0b955; --bad: #ff8f8f;
  --good-back: #17301f; --look-back: #362a12; --bad-back: #3d1c1f; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans",
  "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 66rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.05rem; font-weight: 600; margin: 0; color: var(--dim); }
.verdict { font-size: clamp(1.5rem, 5vw, 2.3rem); line-height: 1.2;
  font-weight: 700; margin: .3rem 0 1rem; }
.verdict.long { font-size: clamp(1.15rem, 3.5vw, 1.5rem); }
h2 { font-size: 1.3rem; margin: 0; display: flex; gap: .6rem;
  align-items: center; flex-wrap: wrap; }
h3 { font-size: 1rem; margin: 0; font-weight: 600; }
p { margin: .25rem 0; }
a { color: inherit; }
.dim, .good, .about, .key { color: var(--dim); }
.good, .key { font-size: .875rem; }
.remarks { list-style: none; margin: 0 0 1.2rem; padding: 0;
  columns: 25rem 2; column-gap: .6rem; }
.remarks span { display: block; }
.remarks li { background: var(--card); border: 1px solid var(--line);
  border-left: 5px solid var(--look); border-radius: 6px;
  padding: .5rem .8rem; break-inside: avoid; margin-bottom: .6rem; }
.remarks li.bad { border-left-color: var(--bad); }
.remarks b { margin-right: .4rem; }
.remarks a { text-decoration: none; }
.remarks a:hover, .remarks a:focus { text-decoration: underline; }
nav { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: 1.5rem; }
nav a { text-decoration: none; border: 1px solid var(--line);
  border-radius: 999px; padding: .15rem .75rem; background: var(--card);
  font-size: .875rem; }
nav a::before { content: "\25CF"; margin-right: .4rem; color: var(--line); }
nav a.good-verdict::before { color: var(--good); content: "\2713"; }
nav a.look::before { color: var(--look); content: "!"; font-weight: 700; }
nav a.bad::before { color: var(--bad); content: "\2717"; }
section { background: var(--card); border: 1px solid var(--line);
  border-radius: 10px; padding: 1.1rem; margin-bottom: 1.2rem; }
.figures { columns: 25rem 2; column-gap: 2rem; margin-top: 1rem; }
.figure { break-inside: avoid; border-top: 1px solid var(--line);
  padding: .8rem 0 1.2rem; }
.figure.wide { column-span: all; }
.head { display: flex; gap: .5rem; justify-content: space-between;
  align-items: baseline; }
.value { font-size: 1.7rem; font-weight: 700; line-height: 1.3;
  font-variant-numeric: tabular-nums; }
.value small { font-size: .875rem; font-weight: 400; color: var(--dim); }
.value.look { color: var(--look); } .value.bad { color: var(--bad); }
.badge { font-size: .75rem; font-weight: 600; border-radius: 999px;
  padding: .1rem .6rem; white-space: nowrap; }
.badge.good-verdict { color: var(--good); background: var(--good-back); }
.badge.look { color: var(--look); background: var(--look-back); }
.badge.bad { color: var(--bad); background: var(--bad-back); }
.bars { display: grid; grid-template-columns: minmax(6rem, 1fr) 1fr auto;
  gap: .25rem .7rem; align-items: center; margin-top: .5rem;
  font-size: .875rem; }
.bars svg { width: 100%; height: .85rem; display: block; border-radius: 2px; }
.number { font-variant-numeric: tabular-nums; text-align: right;
  white-space: nowrap; }
.track { fill: var(--track); } .fill { fill: var(--fill); }
.fill.marked { fill: var(--look); } .tick { fill: var(--tick); }
.axis { fill: var(--dim); }
svg.histogram { width: 100%; max-width: 34rem; height: auto; display: block;
  margin-top: .5rem; }
svg.histogram text { font: 11px system-ui, "DejaVu Sans", sans-serif;
  fill: var(--dim); }
svg.interval { width: 100%; min-width: 7rem; height: 1rem; display: block; }
.scroll { overflow-x: auto; margin-top: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem;
  font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { padding: .3rem .6rem; text-align: right;
  border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0;
  white-space: normal; min-width: 9rem; max-width: 26rem; }
td.words, th.words { text-align: left; }
thead th { color: var(--dim); font-weight: 600; white-space: normal;
  vertical-align: bottom; }
tr.look td:first-child::before { content: "! "; color: var(--look);
  font-weight: 700; }
tr.bad td:first-child::before { content: "\2717  "; color: var(--bad); }
details { margin-top: .5rem; font-size: .875rem; }
summary { cursor: pointer; color: var(--dim); }
.examples { margin: .4rem 0 0; padding: 0; list-style: none; }
.examples li { border-left: 3px solid var(--line); padding: .15rem .6rem;
  margin-bottom: .4rem; }
.examples code, .id { font: .8rem ui-monospace, "DejaVu Sans Mono", monospace;
  color: var(--dim); margin-right: .5rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem 1rem; }
.pair > div { min-width: 0; }
.said { border: 1px solid var(--line); border-radius: 8px;
  padding: .4rem .7rem; margin-top: .4rem; white-space: pre-wrap; }
.said.user { background: var(--track); }
.said.thought, .said.tool { color: var(--dim); font-size: .875rem;
  border-style: dashed; }
.said b { display: block; font-size: .75rem; color: var(--dim); }
.whose { display: none; color: var(--dim); font-size: .75rem;
  margin-top: .6rem; }
@media (max-width: 40rem) { .whose { display: block; } .bars { grid-template-columns: 1fr auto; }
  .bars svg { grid-column: 1 / -1; grid-row: auto; order: 0; }
  .bars .label { grid-column: 1; } .bars .number { grid-column: 2; }
  .bars { grid-auto-flow: dense; } .pair { grid-template-columns: 1fr; }
  section { padding: .9rem; } }
@media print { body { background: none; } section { break-inside: avoid; } }
)css";

}  // namespace simulate

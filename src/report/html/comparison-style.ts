/** Shades of the heat map: how much of a state's colour is mixed into the card, in percent. Ink stays readable on all of them. */
export const heatLevels = [8, 16, 24, 33, 42] as const;

const tints = { cause: 'fail', rule: 'info', open: 'unknown' } as const;

const shades = heatLevels
  .map((percent, at) => `.heat.h${at + 1}{background:color-mix(in srgb,var(--tint) ${percent}%,var(--card))}`)
  .join('\n');

const tintRules = Object.entries(tints)
  .map(([name, state]) => `.heat.${name}{--tint:var(--${state})}`)
  .join('\n');

/** Tables and drawings of a comparison. */
export const comparisonStyle = `
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.number,th.number{padding-left:.8rem}
.scroll{overflow-x:auto}
.scroll>table{min-width:100%}
.comparison>h2 .subject-of{margin-left:.4em}
.comparison .card>*+*{margin-top:.8rem}
.comparison .card>h3{margin-bottom:0}
.swatch{display:inline-block;width:.8em;height:.8em;border-radius:.2em;margin-right:.5em;background:var(--state)}
.dashed{width:0;height:1em;border-radius:0;border-left:2px dashed var(--ink);background:none;vertical-align:-.15em}
.classes th,.sides th{white-space:nowrap}
.classes .part th{padding-left:1.6rem}
.classes .part .swatch{opacity:.6}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;font-size:.9rem}
.step{display:inline-block;width:1.3em;height:.9em;vertical-align:-.1em}
.heat-map{width:auto}
.heat-map th,.heat-map td{padding:.35rem .55rem}
.heat-map thead th{vertical-align:bottom}
.heat-map .group-head{border-bottom:0;text-align:left}
.heat-map .bar{width:5.5rem;margin-top:.2rem;margin-left:auto}
.heat-map tbody th{position:sticky;left:0;background:var(--card);white-space:nowrap;max-width:16rem;overflow:hidden;text-overflow:ellipsis}
.turned span{writing-mode:vertical-rl;max-height:15rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.heat{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;border-radius:.2rem}
.heat.none{text-align:center}
${tintRules}
${shades}
.bars rect{fill:var(--state)}
.bars .grid{stroke:var(--line);stroke-width:1}
.bars .axis{stroke:var(--muted)}
.bars .sync-line line{stroke:var(--ink);stroke-dasharray:4 3}
.pairs{table-layout:fixed}
.pairs th:first-child{width:22%}
.pairs code{white-space:pre-wrap;overflow-wrap:anywhere}
.pairs mark{color:inherit;border-radius:.2em;padding:0 .1em}
.from-left mark{background:var(--fail-soft);box-shadow:inset 0 -2px var(--fail)}
.from-right mark{background:var(--pass-soft);box-shadow:inset 0 -2px var(--pass)}
.twins tbody th{min-width:18rem}
.card details+details{margin-top:.4rem}
@media (max-width:40rem){
.timeline .between{display:none}
.heat-map .of-all,.heat-map .bar{display:none}
.classes,.sides,.classes thead,.sides thead,.classes tbody,.sides tbody{display:block}
.classes tr,.sides tr{display:grid;gap:.1rem .6rem;padding:.4rem 0;border-bottom:1px solid var(--line)}
.classes tr{grid-template-columns:minmax(0,1fr) minmax(3rem,auto) 3.4rem}
.sides tr{grid-template-columns:2.2rem minmax(0,1fr) auto}
.classes tr>*,.sides tr>*{padding:0;border:0}
.classes .part th{padding-left:.8rem}
.classes .number,.sides .number{font-size:.9em;padding-left:0}
.classes th{white-space:normal}
.classes thead th:last-child,.sides thead th:last-child{display:none}
.classes td:last-child,.sides td:last-child{grid-column:1/-1}
.classes td:empty{display:none}
.pairs{display:block}
.pairs thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.pairs tbody{display:block}
.pairs tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}
.pairs tr>*,.pairs th:first-child{display:block;width:auto;padding:0;border:0}
.twins tbody th{min-width:12rem}
}
@media print{
.scroll{overflow:visible}
.twins{table-layout:fixed}
.twins thead th{width:4rem}
.twins thead th:first-child{min-width:0;width:42%}
.twins thead th:last-child{width:auto}
.twins tbody th{min-width:0}
.heat-map th,.heat-map td{padding:.2rem .3rem}
}
`;

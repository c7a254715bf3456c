import { dark, light, variables } from './palette.ts';
import { printStyle } from './print-style.ts';

const latin = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans"';
const japanese = '"Hiragino Sans","Hiragino Kaku Gothic ProN","Yu Gothic UI",Meiryo,"Noto Sans CJK JP","Noto Sans JP"';
const mono = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","Noto Sans Mono CJK JP"';

const base = `
*,*::before,*::after{box-sizing:border-box}
html{color-scheme:light dark;font:100%/1.65 ${latin},${japanese},sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%}
html:lang(ja){font-family:${japanese},sans-serif;line-height:1.75;word-break:auto-phrase;line-break:strict}
body{margin:0;background:var(--page);color:var(--ink);overflow-wrap:anywhere}
p,ul,ol,dl,dd,pre,table{margin:0}
ul,ol{padding-left:1.4em}
code,pre{font-family:${mono},monospace;font-size:.9em;line-break:auto;word-break:normal}
pre{background:var(--code);border:1px solid var(--line);border-radius:.5rem;padding:.7em .9em;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.55}
pre code{font-size:inherit}
a{color:var(--link);text-underline-offset:.18em}
h1,h2,h3{line-height:1.35;margin:0;text-wrap:balance}
:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:.25rem}
.skip-link{position:absolute;left:-999rem;top:0;background:var(--card);padding:.6rem 1rem;z-index:1}
.skip-link:focus{left:1rem;top:1rem}
.sprite{position:absolute}
.page{max-width:62rem;margin:0 auto;padding:clamp(1rem,4vw,3rem) clamp(.9rem,4vw,2rem) 3rem}
.page,main{display:grid;grid-template-columns:minmax(0,1fr);gap:clamp(1.25rem,3vw,2rem)}
main:focus{outline:0}
.muted,.where{color:var(--muted)}
.plain{list-style:none;padding:0}
.icon{width:1.15em;height:1.15em;flex:none;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
`;

const states = (['pass', 'warn', 'fail', 'unknown', 'skip', 'info'] as const)
  .map((state) => `.${state}{--state:var(--${state});--soft:var(--${state}-soft)}`)
  .join('\n');

const verdict = `
.verdict{background:var(--card);border:1px solid var(--line);border-radius:1rem;overflow:hidden;padding:clamp(1.25rem,4vw,2.25rem);border-top:.4rem solid var(--state)}
.subject{color:var(--muted);font-size:.95rem;display:flex;flex-wrap:wrap;gap:0 .75em}
.subject-of{color:var(--ink);font-weight:600}
h1{font-size:clamp(1.45rem,1rem + 2.6vw,2.6rem);color:var(--state);display:flex;align-items:center;gap:.4em;margin:.35rem 0 .5rem;letter-spacing:.01em}
.lead{font-size:1.1rem}
.effects{list-style:none;padding:0;font-size:1.1rem}
.effects li+li{margin-top:.7em}
.lead+.effects{margin-top:.6rem}
.effects .muted,.why{font-size:1rem}
.why{color:var(--muted)}
.note{margin-top:.75rem;padding:.5rem .8rem;background:var(--soft);color:var(--state);border-radius:.5rem}
.counts-bar{display:block;width:100%;height:.6rem;border-radius:.3rem;overflow:hidden;margin:1.4rem 0 .8rem}
.counts-bar rect{fill:var(--state);stroke:var(--card);stroke-width:2px}
.counts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem 1.1rem}
.counts li{display:flex;align-items:center;gap:.45em}
.badge{display:inline-flex;align-items:center;gap:.35em;color:var(--state);background:var(--soft);border-radius:1em;padding:.08em .7em .08em .5em;font-size:.85rem;font-weight:600;white-space:nowrap}
`;

const cards = `
.source{margin:.6rem 0 1rem}
.source mark{background:var(--soft);color:inherit;border-bottom:2px solid var(--state);border-radius:2px}
.mailbox{display:grid;grid-template-columns:minmax(0,1fr);gap:1.25rem}
.mailbox>h2{font-size:1.3rem;margin-top:.5rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:clamp(1.1rem,3.5vw,1.9rem);scroll-margin-top:1rem}
article.card,section.card.fail{border-left:.35rem solid var(--state)}
.card:target{outline:2px solid var(--state);outline-offset:3px}
.card>h2,.card>h3{font-size:1.2rem;margin-bottom:.6rem}
.card-head{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .8rem}
.id{color:var(--muted)}
article h2,article h3{font-size:1.35rem;margin:.5rem 0 1.1rem}
.rows>div{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:.1rem 1.4rem;padding:.75rem 0;border-top:1px solid var(--line)}
.rows>div:last-child{padding-bottom:0}
dt{color:var(--muted);font-size:.92rem;font-weight:600;padding-top:.06em}
.certainty{display:block;font-weight:400}
.prose,.steps li,.dates li,.undated li{max-width:46em}
.steps{padding-left:1.6em}
.steps li{padding-left:.25em}
.steps li+li{margin-top:.45em}
.steps li::marker{color:var(--state);font-weight:700}
details>summary{cursor:pointer;width:fit-content;color:var(--link);border-radius:.25rem;padding:.1rem 0}
details[open]>summary{margin-bottom:.5rem}
.where{margin:.6rem 0 .25rem}
.where:first-of-type{margin-top:0}
details .plain li+li{margin-top:.6em}
.badge+br{line-height:2.2}
.command{display:inline-block;max-width:100%;padding:.45em .8em;user-select:all}
table{border-collapse:collapse;width:100%;text-align:left}
caption{text-align:left;color:var(--muted);padding:.9rem 0 .2rem;font-size:.92rem}
th,td{padding:.45rem .8rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:baseline}
tbody tr:last-child>*{border-bottom:0}
thead th{color:var(--muted);font-size:.86rem;font-weight:600;white-space:nowrap}
tbody th{font-weight:400}
.overview{table-layout:fixed}
.overview thead th:first-child{width:8.5rem}
.overview thead th:nth-child(2){width:38%}
.change{width:auto;min-width:min(100%,26rem)}
.from{color:var(--fail)}
.to{color:var(--pass);font-weight:700}
.arrow{color:var(--muted)}
`;

const tree = `
.checks{display:grid;grid-template-columns:minmax(0,1fr);gap:.9rem}
.tree,.groups{list-style:none;padding:0}
.check{display:grid;grid-template-columns:7rem minmax(0,1fr) 8.5rem;gap:.15rem 1rem;padding:.7rem 0;border-top:1px solid var(--line)}
.tree>.check:first-child{border-top:0}
.check-title{font-weight:600}
.check-title code,.check-target{font-weight:400;color:var(--muted)}
.check-target:has(code:empty){display:none}
.check-says{color:var(--state)}
.to-cause{white-space:nowrap;margin-left:.4em}
.check details{margin-top:.3rem}
.check details summary{font-size:.9rem}
.check pre{font-size:.85rem}
.time{display:grid;grid-template-columns:1fr;gap:.3rem;align-content:start;text-align:right;color:var(--muted);font-variant-numeric:tabular-nums;font-size:.92rem}
.bar{display:block;width:100%;height:.35rem;border-radius:.2rem;overflow:hidden}
.bar rect{fill:var(--state)}
.bar .track{fill:var(--line)}
.fold{display:inline-flex;align-items:center;gap:.45em;vertical-align:-.2em;color:var(--state);font-weight:600}
.groups>li+li{margin-top:.8rem}
.group>p{max-width:46em}
.group>.tree{margin-left:.35rem;padding-left:1.1rem;border-left:2px solid var(--line)}
.timeline{display:block;width:100%;overflow:visible;margin:.5rem 0}
.timeline line{stroke:var(--muted);stroke-width:1.5}
.timeline g circle{fill:var(--soft);stroke:var(--state);stroke-width:2}
.timeline g text{fill:var(--state);font-size:13px;font-weight:700}
.timeline .today{fill:var(--muted)}
.timeline .span{stroke:var(--state);stroke-width:4;stroke-linecap:round}
.evidence{margin:.5rem 0}
.evidence figcaption{font-size:.9rem}
.timeline rect{fill:var(--state)}
.timeline .label,.timeline g .label{font-weight:400;fill:var(--muted);font-size:12.5px}
.dates,.undated{padding-left:1.6em}
.changed li+li{margin-top:.45em}
.dates time{font-weight:600;margin-right:.5em}
footer{color:var(--muted);font-size:.9rem;border-top:1px solid var(--line);padding-top:1.25rem}
footer h2{font-size:1rem;margin-bottom:.5rem}
.run-facts{display:flex;flex-wrap:wrap;gap:.6rem 2.25rem}
.run-facts dt{font-weight:400;font-size:.85rem}
.run-facts dd{color:var(--ink)}
`;

// Tables become blocks, with the words of their head kept for those who listen to the page.
const narrow = `
@media (max-width:40rem){
.change,.overview{display:block;min-width:0}
.change thead,.overview thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.change tbody,.overview tbody{display:block}
.change tr,.overview tr{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .6rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.change tr:last-child,.overview tr:last-child{border-bottom:0}
.change tr>*,.overview tr>*{display:block;padding:0;border:0}
.change tbody th,.overview td:last-child{flex-basis:100%}
.rows>div{grid-template-columns:minmax(0,1fr)}
.certainty{display:inline;margin-left:.6em}
.check{grid-template-columns:minmax(0,1fr) 6.5rem}
.check-body{grid-column:1/-1;grid-row:2}
.group>.tree{padding-left:.7rem}
}
@media (min-width:100rem){html{font-size:112.5%}}
`;

const darkMode = `@media (prefers-color-scheme:dark){:root{${variables(dark)}}}`;

/** The whole style of the page; every colour is a variable of the palette. */
export const style = [
  `:root{${variables(light)}}`,
  darkMode,
  base.trim(),
  states,
  verdict.trim(),
  cards.trim(),
  tree.trim(),
  narrow.trim(),
  printStyle,
].join('\n');

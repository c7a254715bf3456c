import { light, variables } from './palette.ts';

/**
 * Paper shows everything, in the light colours whatever the screen has, and breaks no row in two. Blocks, not grids: where
 * a row moves to the next page, Chromium does not let its grid grow, and what follows is printed over the last rows.
 */
export const printStyle = `@page{size:A4;margin:15mm 14mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:${light.muted}}}
@media print{
:root{${variables(light)};--page:#ffffff}
html{color-scheme:light;font-size:9.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.page{max-width:none;padding:0}
.page,main,.mailbox,.checks{display:block}
.page>*+*,main>*+*,.mailbox>*+*{margin-top:1.1rem}
.checks>*+*{margin-top:.8rem}
.skip-link{display:none}
details::details-content{content-visibility:visible;display:block;height:auto}
details>summary{list-style:none;color:var(--muted);font-weight:600}
details>summary::-webkit-details-marker{display:none}
.card,.verdict{border-radius:.5rem;padding:1rem 1.2rem}
article.card{box-decoration-break:clone;-webkit-box-decoration-break:clone}
.rows>div,.check:not(:has(details)),.check-title,.steps li,tr,.run-facts>div,.verdict{break-inside:avoid}
h1,h2,h3,.card-head,summary,.where,.group>p{break-after:avoid}
.check:has(details){display:block;position:relative}
.check:has(details)>.check-state,.check:has(details)>.time{position:absolute;top:.7rem}
.check:has(details)>.check-state{left:0;width:7rem}
.check:has(details)>.time{right:0;width:7.5rem}
.check:has(details)>.check-body{margin-left:8rem;min-height:2.6rem}
.check:has(details)>.check-body>p{margin-right:8.5rem}
.check pre{font-size:6.5pt;line-height:1.35;padding:.4em .6em}
a{color:inherit;text-decoration:none}
.prose a,.steps a,.dates a{color:var(--link)}
}`;

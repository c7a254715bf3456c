import type { Language, Text } from '../../model/text.ts';
import type { InteractionMap, MapField, MapWorkflow } from '../../model/workflow/map.ts';
import type { Markup } from '../html/markup.ts';
import { html, textOf, trusted } from '../html/markup.ts';
import { style } from '../html/style.ts';
import { jsonOf } from '../json-text.ts';
import { drawing, tips } from './drawing.ts';
import { groupsOf } from './layout.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A drawing with more boxes shows nothing any more; the tables have it all. */
const maximumDrawn = 80;

const words = {
  title: { en: 'Which workflow reads, writes and starts what', ja: 'ワークフローの相関図' },
  drawn: { en: 'Who starts whom', ja: 'どのワークフローがどれを起動するか' },
  legend: {
    en: 'An arrow: what the one does starts the other. Thin dashes: it depends on something that is not understood. Red: a ring that never ends. A dashed frame: it may read and write more than is shown.',
    ja: '矢印は、一方の処理がもう一方を起動することを示します。破線の矢印は内容を読み取れない部分に左右されるもの、赤は終わらない繰り返しです。破線の枠は、表示以外も読み書きする可能性があるワークフローです。',
  },
  nobody: { en: 'No workflow starts another one.', ja: 'ほかのワークフローを起動するものはありません。' },
  tooLarge: {
    en: 'workflows hang together here, too many to draw; the table below has them.',
    ja: '件がつながっています。多すぎるため図は省略し、下の表に示します。',
  },
  fields: { en: 'Fields: who reads, who writes', ja: '項目ごとの読み書き' },
  workflows: { en: 'Workflows', ja: 'ワークフロー一覧' },
  field: { en: 'Field', ja: '項目' },
  writers: { en: 'Written by', ja: '書き込むワークフロー' },
  readers: { en: 'Read by', ja: '読み取るワークフロー' },
  workflow: { en: 'Workflow', ja: 'ワークフロー' },
  starts: { en: 'Starts when', ja: '起動の条件' },
  leads: { en: 'Starts', ja: '起動するもの' },
  led: { en: 'Started by', ja: '起動元' },
  place: { en: 'File', ja: 'ファイル' },
  several: { en: 'several writers', ja: '書き込み元が複数' },
  noObject: { en: '(no object)', ja: '（オブジェクトなし）' },
  inactive: { en: 'not active', ja: '無効' },
} as const satisfies Readonly<Record<string, Text>>;

const mapStyle = `
.drawing{overflow-x:auto;margin:.5rem 0 1rem}
.drawing svg{display:block;max-width:none}
.node rect{fill:var(--code);stroke:var(--muted)}
.node .name{fill:var(--ink);font-size:14px;font-weight:600}
.node .below{fill:var(--muted);font-size:11.5px}
.node.idle{opacity:.55}
.edge{fill:none;stroke:var(--link);stroke-width:1.6}
.edge.calls{stroke:var(--muted)}
.edge.unsure{stroke-dasharray:4 4;stroke-width:1}
.edge.endless{stroke:var(--fail);stroke-width:2.4}
.tip{fill:var(--link)}
.tip.endless{fill:var(--fail)}
.map table{width:100%;border-collapse:collapse;font-size:.92rem}
.map th,.map td{text-align:left;vertical-align:top;padding:.4em .7em;border-top:1px solid var(--line)}
.map td ul{list-style:none;padding:0}
.map .wide{overflow-x:auto}
.page.map{max-width:90rem}
tr:target{outline:2px solid var(--link)}
`;

interface Page {
  readonly language: Language;
  readonly say: (text: Text) => string;
  readonly anchorOf: (key: string) => string;
  readonly nameOf: (key: string) => string;
}

const link = ({ anchorOf, nameOf }: Page, key: string): Markup => html`<a href="#${anchorOf(key)}">${nameOf(key)}</a>`;

const fieldRow = (page: Page, { field, readers, writers }: MapField): Markup => {
  const several = new Set(writers.map(({ workflow }) => workflow)).size > 1;
  const list = (items: readonly Markup[]): Markup | undefined =>
    items.length === 0 ? undefined : html`<ul>${items}</ul>`;
  return html`<tr><th scope="row"><code>${field}</code>${several ? html`<br><span class="badge warn">${page.say(words.several)}</span>` : undefined}</th>
<td>${list(writers.map(({ workflow, step, value, file, line }) => html`<li>${link(page, workflow)} › ${step} <code title="${file}:${line}">= ${value}</code></li>`))}</td>
<td>${list([...new Set(readers.map(({ workflow }) => workflow))].map((workflow) => html`<li>${link(page, workflow)}</li>`))}</td></tr>
`;
};

const fieldTables = (page: Page, { fields }: InteractionMap): readonly Markup[] =>
  [...new Set(fields.map(({ object }) => object))].map(
    (object) => html`<section class="card"><h3>${object}</h3><div class="wide"><table>
<thead><tr><th scope="col">${page.say(words.field)}</th><th scope="col">${page.say(words.writers)}</th><th scope="col">${page.say(words.readers)}</th></tr></thead>
<tbody>${fields.filter((one) => one.object === object).map((one) => fieldRow(page, one))}</tbody></table></div></section>
`,
  );

const workflowRow = (page: Page, workflow: MapWorkflow, { edges }: InteractionMap): Markup => {
  const { key, id, label, object, triggers, status, file, line } = workflow;
  const name = label?.[page.language] ?? id;
  const links = (keys: readonly string[]): Markup =>
    html`<ul>${[...new Set(keys)].map((one) => html`<li>${link(page, one)}</li>`)}</ul>`;
  return html`<tr id="${page.anchorOf(key)}"><th scope="row">${name}${name === id ? undefined : html`<br><code>${id}</code>`}${status === 'active' ? undefined : html`<br><span class="badge skip">${page.say(words.inactive)}</span>`}</th>
<td>${[object ?? page.say(words.noObject), ...triggers].join(' · ')}</td>
<td>${links(edges.filter(({ from }) => from === key).map(({ to }) => to))}</td>
<td>${links(edges.filter(({ to }) => to === key).map(({ from }) => from))}</td>
<td><code>${file}:${line}</code></td></tr>
`;
};

const drawings = (page: Page, map: InteractionMap): readonly Markup[] => {
  const groups = groupsOf(map);
  if (groups.length === 0) return [html`<p>${page.say(words.nobody)}</p>`];
  return groups.map((group) => {
    const count = group.columns.flat().length;
    if (count > maximumDrawn) return html`<p>${count} ${page.say(words.tooLarge)}</p>`;
    return drawing(group, page.anchorOf, page.language, page.say(words.drawn));
  });
};

/** The map as one page: no script runs, nothing is loaded, everything from outside is escaped. */
export const renderMap = (map: InteractionMap, language: Language): string => {
  const anchors = new Map(map.workflows.map(({ key }, at) => [key, `w${at + 1}`]));
  const names = new Map(map.workflows.map(({ key, id, label }) => [key, label?.[language] ?? id]));
  const page: Page = {
    language,
    say: (text) => text[language],
    anchorOf: (key) => anchors.get(key) ?? '',
    nameOf: (key) => names.get(key) ?? key,
  };
  const json = jsonOf(map).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return textOf(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${page.say(words.title)}</title>
<style>
${trusted(style)}${trusted(mapStyle)}
</style>
</head>
<body>
${tips}
<div class="page map"><main>
<h1 class="info">${page.say(words.title)}</h1>
<section class="card" aria-labelledby="drawn"><h2 id="drawn">${page.say(words.drawn)}</h2>
<p class="muted">${page.say(words.legend)}</p>
${drawings(page, map)}</section>
<h2>${page.say(words.fields)}</h2>
${fieldTables(page, map)}
<section class="card" aria-labelledby="workflows"><h2 id="workflows">${page.say(words.workflows)}</h2><div class="wide"><table>
<thead><tr><th scope="col">${page.say(words.workflow)}</th><th scope="col">${page.say(words.starts)}</th><th scope="col">${page.say(words.leads)}</th><th scope="col">${page.say(words.led)}</th><th scope="col">${page.say(words.place)}</th></tr></thead>
<tbody>${map.workflows.map((workflow) => workflowRow(page, workflow, map))}</tbody></table></div></section>
</main></div>
<script type="application/json" id="crm-doctor-map">${trusted(json)}</script>
</body>
</html>
`);
};

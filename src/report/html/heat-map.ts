import type { ComparedField, ComparisonReport } from '../../model/sync/report.ts';
import { grouped, type Text } from '../../model/text.ts';
import { differingFields, nameOfField } from '../comparison/fields.ts';
import { percentOf } from '../comparison/numbers.ts';
import { comparisonWords } from '../comparison/words.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page } from './page.ts';

const words = {
  title: { en: 'Where the columns differ, and why', ja: '違いのある項目とその原因' },
  region: { en: 'Heat map of the columns', ja: '項目のヒートマップ' },
  causes: { en: 'Cause', ja: '原因' },
  rules: { en: 'Equal under the rule', ja: '一致する規則' },
  others: { en: 'others', ja: 'その他' },
  legend: { en: 'Shade: share of the differing values of the column', ja: '色の濃さ: その項目の差異に占める割合' },
} as const satisfies Readonly<Record<string, Text>>;

const mostFields = 60;
const mostColumns = 12;
/** Shades from a trace to all; the numbers are in the cells. */
const levels = 5;

const levelOf = (n: number, of: number): number =>
  n <= 0 || of <= 0 ? 0 : Math.min(levels, Math.max(1, Math.ceil((n / of) * levels)));

/** One column of the map: a cause or a rule, and how many values of a field it is about. */
interface Axis {
  readonly name: string;
  readonly code: boolean;
  readonly of: (field: ComparedField) => number;
}

const axesOf = (
  fields: readonly ComparedField[],
  listOf: (field: ComparedField) => readonly { readonly id: string; readonly name: string; readonly n: number }[],
  { code, others }: { readonly code: boolean; readonly others: string },
): readonly Axis[] => {
  const totals = new Map<string, { readonly name: string; total: number }>();
  for (const field of fields) {
    for (const { id, name, n } of listOf(field)) {
      const known = totals.get(id);
      if (known) known.total += n;
      else totals.set(id, { name, total: n });
    }
  }
  const sorted = [...totals].toSorted(([, one], [, other]) => other.total - one.total);
  const sumOf = (field: ComparedField, ids: ReadonlySet<string>): number =>
    listOf(field).reduce((sum, { id, n }) => sum + (ids.has(id) ? n : 0), 0);
  const told = sorted.length > mostColumns ? sorted.slice(0, mostColumns - 1) : sorted;
  const rest = new Set(sorted.slice(told.length).map(([id]) => id));
  return [
    ...told.map(([id, { name }]) => ({ name, code, of: (field: ComparedField) => sumOf(field, new Set([id])) })),
    ...(rest.size > 0 ? [{ name: others, code: false, of: (field: ComparedField) => sumOf(field, rest) }] : []),
  ];
};

/** Columns by causes and rules; how dark a cell is says how much of the column's differences it explains. */
export const heatMap = (page: Page, comparison: ComparisonReport, id: string): Markup | undefined => {
  const { say, verbose } = page;
  const differing = differingFields(comparison);
  if (differing.length === 0) return undefined;
  const fields = verbose ? differing.slice(0, 1000) : differing.slice(0, mostFields);
  const others = say(words.others);
  const causes = axesOf(
    differing,
    ({ explained }) => explained.map(({ cause, n }) => ({ id: cause, name: cause, n })),
    { code: true, others },
  );
  const rules = axesOf(
    differing,
    ({ equalUnder }) => equalUnder.map(({ rule, title, n }) => ({ id: rule, name: title, n })),
    { code: false, others },
  );
  const open: Axis = { name: say(comparisonWords.unexplained), code: false, of: ({ unexplained }) => unexplained };
  const most = Math.max(...differing.map(({ differ }) => differ));
  const cell = (field: ComparedField, { name, of }: Axis, tint: 'cause' | 'rule' | 'open'): Markup => {
    const n = of(field);
    if (n <= 0) return html`<td class="heat none"><span class="muted">·</span></td>`;
    const says = `${nameOfField(field)}: ${name}: ${grouped(n)} / ${grouped(field.differ)} (${percentOf(n, field.differ)})`;
    return html`<td class="heat ${tint} h${levelOf(n, field.differ)}" title="${says}">${grouped(n)}</td>`;
  };
  const bar = ({ differ }: ComparedField): Markup =>
    html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="track" width="100%" height="100%"/><rect class="warn" width="${((differ / most) * 100).toFixed(1)}%" height="100%"/></svg>`;
  const rows = fields.map(
    (field) =>
      html`<tr><th scope="row"><code>${nameOfField(field)}</code></th><td class="number">${grouped(field.differ)}${bar(field)}</td><td class="number of-all">${percentOf(field.differ, comparison.matched)}</td>${causes.map((axis) => cell(field, axis, 'cause'))}${rules.map((axis) => cell(field, axis, 'rule'))}${cell(field, open, 'open')}</tr>\n`,
  );
  const headOf = ({ name, code }: Axis): Markup =>
    html`<th scope="col" class="turned"><span>${code ? html`<code>${name.replace(/^sync\./, '')}</code>` : name}</span></th>`;
  const group = (axes: readonly Axis[], title: Text): Markup | undefined =>
    axes.length === 0
      ? undefined
      : html`<th scope="col" colspan="${axes.length}" class="group-head">${say(title)}</th>`;
  const scale = (['cause', 'rule', 'open'] as const).map((tint) => {
    const steps = Array.from({ length: levels }, (_, at) => html`<span class="heat ${tint} h${at + 1} step"></span>`);
    const word = { cause: words.causes, rule: words.rules, open: comparisonWords.unexplained }[tint];
    return html`<li>${say(word)} ${steps}</li>\n`;
  });
  const rest = differing.length - fields.length;
  return html`<section class="card" aria-labelledby="${id}">
<h3 id="${id}">${say(words.title)} <span class="muted">(${differing.length}/${comparison.fields.length})</span></h3>
<div class="scroll" role="region" tabindex="0" aria-label="${say(words.region)}"><table class="heat-map">
<thead>
<tr><th scope="col" rowspan="2">${say(comparisonWords.column)}</th><th scope="col" rowspan="2" class="number">${say(comparisonWords.differ)}</th><th scope="col" rowspan="2" class="number of-all">${say(comparisonWords.share)}</th>${group(causes, words.causes)}${group(rules, words.rules)}<th scope="col" rowspan="2" class="turned"><span>${open.name}</span></th></tr>
<tr>${causes.map(headOf)}${rules.map(headOf)}</tr>
</thead>
<tbody>
${rows}</tbody></table></div>
${rest > 0 ? html`<p class="muted">${say({ en: `and ${grouped(rest)} more columns`, ja: `ほか ${grouped(rest)} 項目` })}</p>` : undefined}
<p class="muted legend-title">${say(words.legend)}</p>
<ul class="legend" aria-hidden="true">
${scale}</ul>
</section>`;
};

import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped } from '../../model/text.ts';
import type { ClassRow } from '../comparison/classes.ts';
import {
  classNote,
  classRows,
  comparisonsOf,
  nameOfComparison,
  recordsIn,
  unexplainedText,
} from '../comparison/classes.ts';
import { percentOf, timeText } from '../comparison/numbers.ts';
import { sideText } from '../comparison/sides.ts';
import { comparisonWords as words } from '../comparison/words.ts';
import { factCards } from './comparison-facts.ts';
import { examplesPart } from './examples-part.ts';
import { heatMap } from './heat-map.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page, State } from './page.ts';
import { icon } from './page.ts';
import { recordsTimeline } from './records-timeline.ts';

const sidesTable = ({ say, language }: Page, comparison: ComparisonReport): Markup => {
  const rows = (['left', 'right'] as const).map((side) => {
    const of = comparison[side];
    return html`<tr><th scope="row">${say(words[side])}</th><td><code>${of.name}</code>${of.notes.map((note) => html`<br><span class="muted">${note}</span>`)}</td><td class="number">${grouped(comparison.rows[side])}</td><td class="muted">${sideText(of, language)}${of.at === undefined ? undefined : html`<br>${timeText(of.at)}`}</td></tr>\n`;
  });
  return html`<div class="scroll"><table class="sides">
<thead><tr><th scope="col">${say(words.side)}</th><th scope="col">${say(words.source)}</th><th scope="col" class="number">${say(words.records)}</th><th scope="col">${say(words.format)}</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`;
};

const stateOfClass = ({ id, tone }: ClassRow): State => {
  if (tone === 'good') return 'pass';
  if (tone === 'notation') return 'skip';
  switch (id) {
    case 'missing':
      return 'fail';
    case 'extra':
      return 'info';
    case 'changed':
    case 'explained':
    case 'stale':
      return 'warn';
    default:
      return 'unknown';
  }
};

/** The classes as one bar; the table below says the same in numbers. */
const classesBar = ({ say }: Page, rows: readonly ClassRow[], all: number): Markup | undefined => {
  const whole = rows.filter(({ depth, n }) => depth === 0 && n > 0);
  if (all <= 0) return undefined;
  let before = 0;
  const pieces = whole.map((row) => {
    const start = before;
    before += row.n;
    const share = (n: number) => `${((n / all) * 100).toFixed(3)}%`;
    return html`<rect class="${stateOfClass(row)}" x="${share(start)}" width="${share(row.n)}" height="100%"><title>${say(row.label)} ${grouped(row.n)} (${percentOf(row.n, all)})</title></rect>`;
  });
  return html`<svg class="counts-bar" aria-hidden="true" focusable="false">${pieces}</svg>`;
};

const classesTable = ({ say }: Page, comparison: ComparisonReport): Markup => {
  const all = recordsIn(comparison);
  const rows = classRows(comparison);
  return html`<div class="scroll"><table class="classes">
<thead><tr><th scope="col">${say(words.class)}</th><th scope="col" class="number">${say(words.records)}</th><th scope="col" class="number">${say(words.share)}</th><th scope="col">${say(words.note)}</th></tr></thead>
<tbody>
${rows.map(
  (row) =>
    html`<tr class="${row.depth === 1 ? 'part ' : ''}${stateOfClass(row)}"><th scope="row"><span class="swatch" aria-hidden="true"></span>${say(row.label)}</th><td class="number">${grouped(row.n)}</td><td class="number">${percentOf(row.n, all)}</td><td class="muted">${say(classNote(row, 3))}</td></tr>\n`,
)}</tbody></table></div>
<p><strong>${say(words.unexplained)}</strong> ${say(unexplainedText(comparison))}</p>`;
};

const notes = ({ say }: Page, { cut, redacted }: ComparisonReport): readonly Markup[] => [
  ...(cut ? [html`<p class="note warn">${icon('warn')} ${say(words[cut.side])}: ${cut.says}</p>`] : []),
  ...(redacted ? [html`<p class="note info">${say(words.redacted)}</p>`] : []),
];

const onePart = (page: Page, comparison: ComparisonReport, index: number, several: boolean): Markup => {
  const { say } = page;
  const name = comparison.name ?? (several ? nameOfComparison(comparison) : undefined);
  const id = `comparison-${index + 1}`;
  const all = recordsIn(comparison);
  return html`<section class="mailbox comparison" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${say(words.title)}${name === undefined ? undefined : html` <span class="subject-of">${name}</span>`}</h2>
<section class="card" aria-labelledby="${id}-classes">
<h3 id="${id}-classes">${say(words.classes)}</h3>
${sidesTable(page, comparison)}
${notes(page, comparison)}
${classesBar(page, classRows(comparison), all)}
${classesTable(page, comparison)}
</section>
${heatMap(page, comparison, `${id}-fields`)}
${examplesPart(page, comparison, `${id}-examples`)}
${recordsTimeline(page, comparison, `${id}-time`)}
${factCards(page, comparison, id)}
</section>
`;
};

/** Every comparison: its classes, a heat map of its columns, examples, and how the differences lie in time. */
export const comparisonParts = (page: Page): readonly Markup[] => {
  const all = comparisonsOf(page.report);
  return all.map((comparison, index) => onePart(page, comparison, index, all.length > 1));
};

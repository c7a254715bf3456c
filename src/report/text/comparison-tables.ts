import { wrap } from '../../i18n/wrap.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped } from '../../model/text.ts';
import { classNote, classRows, recordsIn } from '../comparison/classes.ts';
import { bestRule, causesOfField, differingFields, nameOfField, whyOfField } from '../comparison/fields.ts';
import { percentOf } from '../comparison/numbers.ts';
import { sideText } from '../comparison/sides.ts';
import { comparisonWords as words } from '../comparison/words.ts';
import type { Page } from './page.ts';
import { below, hanging } from './page.ts';
import type { TableColumn } from './table.ts';
import { barText, cutText, tableLines } from './table.ts';

type Lines = readonly string[];

export const edge = 2;

/** A table of its own under a heading, a little to the right. */
export const part = (page: Page, title: string, columns: readonly TableColumn[], rows: readonly Lines[]): Lines => {
  const inner = page.columns < 24 ? 0 : edge;
  return [
    ...wrap(title, page.columns).map((line) => page.ink.bold(line)),
    ...below(tableLines(page, columns, rows, Math.max(2, page.columns - inner)), inner),
  ];
};

export const sidesPart = (page: Page, comparison: ComparisonReport, title: string): Lines => {
  const { say, clean, language, signs, measure, ink } = page;
  const { left, right, rows, cut, redacted } = comparison;
  const cells = (
    [
      ['left', left],
      ['right', right],
    ] as const
  ).map(([side, of]) => [say(words[side]), grouped(rows[side]), clean(of.name), clean(sideText(of, language))]);
  const columns: readonly TableColumn[] = [
    { head: '' },
    { head: '', align: 'right' },
    { head: '', least: 16, below: true },
    { head: '', least: 16, below: true, paint: (line) => ink.dim(line) },
  ];
  const notes = (['left', 'right'] as const).flatMap((side) => {
    const { notes: said } = comparison[side];
    return (page.verbose ? said : said.slice(0, 2)).map((note) => `${say(words[side])}: ${note}`);
  });
  return [
    ...part(page, title, columns, cells),
    ...notes.flatMap((note) => hanging(`  ${signs.info} `, clean(note), measure)),
    ...(cut
      ? hanging(`  ${signs.warn} `, clean(`${say(words[cut.side])}: ${cut.says}`), measure).map((line) =>
          ink.yellow(line),
        )
      : []),
    ...(redacted ? hanging(`  ${signs.info} `, say(words.redacted), measure) : []),
  ];
};

export const classesPart = (page: Page, comparison: ComparisonReport): Lines => {
  const { say, clean, ink, verbose } = page;
  const all = recordsIn(comparison);
  const rows = classRows(comparison).map((row) => [
    `${' '.repeat(row.depth * 2)}${say(row.label)}`,
    grouped(row.n),
    percentOf(row.n, all),
    clean(say(classNote(row, verbose ? 10 : 2))),
  ]);
  const columns: readonly TableColumn[] = [
    { head: say(words.class) },
    { head: say(words.records), align: 'right' },
    { head: say(words.share), align: 'right' },
    { head: say(words.note), least: 20, below: true, paint: (line) => ink.dim(line) },
  ];
  return part(page, say(words.classes), columns, rows);
};

/** How many columns of a comparison are told of, unless it is to be verbose. */
const mostFields = 8;

export const fieldsPart = (page: Page, comparison: ComparisonReport): Lines => {
  const { say, clean, ink, verbose, language, columns: room } = page;
  const differing = differingFields(comparison);
  if (differing.length === 0) return [];
  const told = verbose ? differing : differing.slice(0, mostFields);
  const wide = room >= 100;
  const most = Math.max(...differing.map(({ differ }) => differ));
  const bar = wide ? 10 : room < 50 ? 0 : 5;
  const rows = told.map((field) => [
    verbose ? clean(nameOfField(field)) : cutText(page, clean(nameOfField(field)), 40),
    grouped(field.differ),
    percentOf(field.differ, comparison.matched),
    ...(bar === 0 ? [] : [barText(page, field.differ / most, bar)]),
    ...(wide ? [clean(bestRule(field)), clean(causesOfField(field, language))] : [clean(whyOfField(field, language))]),
    grouped(field.unexplained),
  ]);
  const columns: readonly TableColumn[] = [
    { head: say(words.column), least: 12, most: 40 },
    { head: say(words.differ), align: 'right' },
    { head: '%', align: 'right' },
    ...(bar === 0 ? [] : [{ head: '', paint: (line: string) => ink.yellow(line) }]),
    ...(wide
      ? [
          { head: say(words.rule), least: 12, below: true },
          { head: say(words.cause), least: 28, below: true },
        ]
      : [{ head: say(words.why), least: 20, below: true }]),
    { head: say(words.open), align: 'right' },
  ];
  const rest = differing.length - told.length;
  const more = { en: `and ${grouped(rest)} more (--verbose)`, ja: `ほか ${grouped(rest)} 項目（--verbose で表示）` };
  return [
    ...part(page, `${say(words.fields)} (${differing.length}/${comparison.fields.length})`, columns, rows),
    ...(rest > 0 ? hanging('  ', say(more), page.measure).map((line) => ink.dim(line)) : []),
  ];
};

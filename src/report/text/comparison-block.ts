import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Report } from '../../model/report.ts';
import type { Example } from '../../model/sync/comparison.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import {
  classNote,
  classRows,
  comparisonsOf,
  nameOfComparison,
  recordsIn,
  unexplainedText,
} from '../comparison/classes.ts';
import {
  refusedTexts,
  rejectedText,
  scheduleLines,
  sideText,
  twinsText,
  unmappedTexts,
  workText,
} from '../comparison/facts.ts';
import { bestRule, causesOfField, differingFields, nameOfField, whyOfField } from '../comparison/fields.ts';
import { grouped, percentOf } from '../comparison/numbers.ts';
import { type Spotted, spot } from '../comparison/spot.ts';
import { comparisonWords as words } from '../comparison/words.ts';
import type { Page } from './page.ts';
import { below, hanging } from './page.ts';
import type { Row } from './rows.ts';
import { rowsOf } from './rows.ts';
import type { TableColumn } from './table.ts';
import { barText, cutText, tableLines } from './table.ts';

type Lines = readonly string[];

const edge = 2;

/** A table of its own under a heading, a little to the right. */
const part = (page: Page, title: string, columns: readonly TableColumn[], rows: readonly Lines[]): Lines => {
  const inner = page.columns < 24 ? 0 : edge;
  return [
    ...wrap(title, page.columns).map((line) => page.ink.bold(line)),
    ...below(tableLines(page, columns, rows, Math.max(2, page.columns - inner)), inner),
  ];
};

const sidesPart = (page: Page, comparison: ComparisonReport, title: string): Lines => {
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
  const notes = [left, right].flatMap(({ notes: said }) => (page.verbose ? said : said.slice(0, 2)));
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

const classesPart = (page: Page, comparison: ComparisonReport): Lines => {
  const { say, clean, ink, verbose, narrow } = page;
  const all = recordsIn(comparison);
  const rows = classRows(comparison).map((row) => [
    `${' '.repeat(row.depth * 2)}${say(row.label)}`,
    grouped(row.n),
    percentOf(row.n, all),
    clean(say(classNote(row, verbose ? 10 : narrow ? 1 : 2))),
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
const mostExamples = 6;

const fieldsPart = (page: Page, comparison: ComparisonReport): Lines => {
  const { say, clean, ink, verbose, language, columns: room } = page;
  const differing = differingFields(comparison);
  if (differing.length === 0) return [];
  const told = verbose ? differing : differing.slice(0, mostFields);
  const wide = room >= 100;
  const most = Math.max(...differing.map(({ differ }) => differ));
  const bar = wide ? 10 : room < 50 ? 0 : 5;
  const rows = told.map((field) => [
    clean(nameOfField(field)),
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

/** The two values with the difference between marks; what the columns do not hold is cut away from it. */
const spotted = (page: Page, { before, left, right, after }: Spotted, room: number): readonly [string, string] => {
  const [open, close] = page.arrow === '->' ? (['[', ']'] as const) : (['‹', '›'] as const);
  if (before === '' && after === '') return [cutText(page, left, room), cutText(page, right, room)];
  const least = Math.min(6, width(before)) + Math.min(6, width(after));
  const middle = Math.min(Math.max(width(left), width(right)), Math.max(4, room - 2 - least));
  const around = Math.max(0, room - 2 - middle);
  const head = cutText(page, before, Math.max(around - width(after), Math.floor(around / 2)), 'end');
  const tail = cutText(page, after, around - width(head));
  const one = (differing: string): string => `${head}${open}${cutText(page, differing, middle)}${close}${tail}`;
  return [one(left), one(right)];
};

/** A blank that differs, where only ASCII may stand. */
const withoutSigns = ({ before, left, right, after }: Spotted): Spotted => ({
  before,
  left: left.replaceAll('␣', '\\x20'),
  right: right.replaceAll('␣', '\\x20'),
  after,
});

const marks = /‹[^›]*›?|\[[^\]]*\]?/g;

/** `key: left | right`, the bars below each other. */
const examplesPart = (page: Page, comparison: ComparisonReport): Lines => {
  const { say, clean, ink, verbose, columns: room, narrow } = page;
  const told = differingFields(comparison).flatMap((field) =>
    field.examples.slice(0, verbose ? 10 : 1).map((example) => ({ name: clean(nameOfField(field)), example })),
  );
  if (told.length === 0) return [];
  const listed = verbose ? told : told.slice(0, mostExamples);
  const nameWidth = Math.min(20, Math.max(...listed.map(({ name }) => width(name))));
  const keyWidth = Math.min(16, Math.max(...listed.map(({ example }) => width(clean(example.key)))));
  // On a narrow page the two values stand below each other, which shows as well where they differ.
  const each = narrow ? Math.max(8, room - 6) : Math.max(10, Math.floor((room - edge - nameWidth - keyWidth - 9) / 2));
  const values = ({ left, right }: Example): readonly [string, string] => {
    const pair = spot(clean(left ?? ''), clean(right ?? ''));
    const shown = spotted(page, page.arrow === '->' ? withoutSigns(pair) : pair, verbose ? Math.max(each, 200) : each);
    const orEmpty = (value: string): string => (value === '' ? say(words.empty) : value);
    return [orEmpty(shown[0]), orEmpty(shown[1])];
  };
  if (narrow) {
    return [
      ...wrap(say(words.examples), room).map((line) => ink.bold(line)),
      ...listed.flatMap(({ name, example }) => [
        ...below(wrap(`${name} ${clean(example.key)}`, Math.max(2, room - 2)), room < 24 ? 0 : 2),
        ...values(example).flatMap((value) =>
          below(wrap(value, Math.max(2, room - 4)), room < 24 ? 0 : 4).map((line) =>
            line.replace(marks, (found) => ink.red(found)),
          ),
        ),
      ]),
    ];
  }
  const columns: readonly TableColumn[] = [
    { head: say(words.column), least: 8, most: 20 },
    { head: say(words.key), least: 6, most: 16, paint: (line) => ink.dim(line) },
    { head: say(words.left), least: 8, paint: (line) => line.replace(marks, (found) => ink.red(found)) },
    { head: '' },
    { head: say(words.right), least: 8, paint: (line) => line.replace(marks, (found) => ink.green(found)) },
  ];
  const rows = listed.map(({ name, example }) => {
    const [left, right] = values(example);
    return [name, clean(example.key), left, '|', right];
  });
  return part(page, say(words.examples), columns, rows);
};

const dash = ({ arrow }: Page): string => (arrow === '->' ? '-' : '–');

/** A few lines of a longer list, and how many more there are. */
const first = (page: Page, lines: Lines, most: number): Lines => {
  if (page.verbose || lines.length <= most) return lines;
  const rest = lines.length - most;
  return [
    ...lines.slice(0, most),
    page.say({ en: `and ${grouped(rest)} more (--verbose)`, ja: `ほか ${grouped(rest)} 件（--verbose で表示）` }),
  ];
};

/** What else is known: a label each, short unless it is to be verbose. */
const factsPart = (page: Page, comparison: ComparisonReport): Lines => {
  const { say, clean, language, verbose } = page;
  const { examples, files } = comparison;
  const item =
    (lines: Lines) =>
    (room: number): Lines =>
      lines.flatMap((line, at) => (at === 0 ? wrap(clean(line), room) : hanging(`${dash(page)} `, clean(line), room)));
  const all =
    (lines: Lines) =>
    (room: number): Lines =>
      lines.flatMap((line) => wrap(clean(line), room));
  const refused = refusedTexts(comparison, language).flatMap(({ says, problems }) => [
    says,
    ...first(
      page,
      problems.map(({ column, n, asks, from, examples: shown }) => {
        const [example] = shown;
        const such = example
          ? `${say({ en: ', e.g. ', ja: '、例: ' })}${example.key} ${example.left ?? example.right ?? ''}`.trimEnd()
          : '';
        return `${column} ${grouped(n)}: ${asks} ${say({ en: ` (${from})`, ja: `（${from}）` })}${such}`;
      }),
      3,
    ),
  ]);
  const twins = twinsText(comparison, language);
  const candidates = (twins?.candidates ?? []).map(({ within, a, b, evidence, apart }) => {
    const shown = ({ key, shown: values }: typeof a): string =>
      verbose ? `${key}${say({ en: ` (${values})`, ja: `（${values}）` })}` : key;
    const between = apart === undefined ? '' : say({ en: `; ${apart} apart`, ja: `。作成の間隔 ${apart}` });
    return `${within}: ${shown(a)} / ${shown(b)}: ${evidence}${between}`;
  });
  const rejected = [
    ...examples.rejectedLeft.map((one) => `${say(words.left)}: ${rejectedText(one, language)}`),
    ...examples.rejectedRight.map((one) => `${say(words.right)}: ${rejectedText(one, language)}`),
  ];
  const rows: readonly Row[] = [
    { label: words.unexplained, lines: all([say(unexplainedText(comparison))]) },
    { label: words.rejected, lines: all(first(page, rejected, 2)) },
    { label: words.refused, lines: item(refused) },
    {
      label: words.likelyTwice,
      lines: item(
        twins
          ? [twins.says, ...first(page, candidates, 2), ...(twins.dropped === undefined ? [] : [twins.dropped])]
          : [],
      ),
    },
    { label: words.schedule, lines: all(scheduleLines(comparison, language)) },
    { label: words.notCompared, lines: all(unmappedTexts(comparison, language)) },
    {
      label: words.files,
      lines: all(
        files.map(
          ({ what, file, rows: count, note }) =>
            `${what} ${grouped(count)}: ${file}${note === undefined ? '' : say({ en: ` (${note})`, ja: `（${note}）` })}`,
        ),
      ),
    },
    { label: words.speed, lines: all([workText(comparison, language)]) },
  ];
  return rowsOf(page, rows);
};

/** Every comparison: both sides, the classes, the columns that differ, examples, and what else was seen. */
export const comparisonBlocks = (page: Page, report: Report): readonly Lines[] => {
  const all = comparisonsOf(report);
  return all.flatMap((comparison) => {
    const name = comparison.name ?? (all.length > 1 ? nameOfComparison(comparison) : undefined);
    const title = `${page.say(words.title)}${name === undefined ? '' : `  ${page.clean(name)}`}`;
    return [
      sidesPart(page, comparison, title),
      classesPart(page, comparison),
      fieldsPart(page, comparison),
      examplesPart(page, comparison),
      factsPart(page, comparison),
    ];
  });
};

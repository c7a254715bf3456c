import type { Report } from '../model/report.ts';
import type { ComparisonReport } from '../model/sync/report.ts';
import { grouped, type Language } from '../model/text.ts';
import {
  classNote,
  classRows,
  comparisonsOf,
  nameOfComparison,
  recordsIn,
  unexplainedText,
  writtenWord,
} from './comparison/classes.ts';
import { bestRule, causesOfField, differingFields, nameOfField } from './comparison/fields.ts';
import { percentOf } from './comparison/numbers.ts';
import { scheduleLines } from './comparison/schedule.ts';
import { rejectedText, sideText, unmappedTexts, workText } from './comparison/sides.ts';
import { spot } from './comparison/spot.ts';
import { twinsText } from './comparison/twins.ts';
import { refusedTexts } from './comparison/validation.ts';
import { comparisonWords as words } from './comparison/words.ts';
import { code, prose, tableRow } from './markdown-text.ts';

type Lines = readonly string[];

const mostFields = 20;
const mostExamples = 10;
const longestValue = 120;

/** Heads and rows; `numbers` are the columns that stand at the right. `cells` are Markdown already. */
const table = (heads: Lines, rows: readonly Lines[], numbers: readonly number[] = []): Lines =>
  rows.length === 0
    ? []
    : [
        tableRow(heads),
        tableRow(heads.map((_, at) => (numbers.includes(at) ? '---:' : '---'))),
        ...rows.map(tableRow),
        '',
      ];

const shown = (text: string): string => code(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);

const classesTable = (comparison: ComparisonReport, language: Language): Lines => {
  const all = recordsIn(comparison);
  const heads = [words.class, words.records, words.share, words.note].map((word) => word[language]);
  const rows = classRows(comparison).map((row) => [
    `${row.depth === 1 ? '– ' : ''}${row.label[language]}`,
    grouped(row.n),
    prose(percentOf(row.n, all)),
    prose(classNote(row, 3)[language]),
  ]);
  return table(heads, rows, [1, 2]);
};

const fieldsTable = (comparison: ComparisonReport, language: Language, verbose: boolean): Lines => {
  const differing = differingFields(comparison);
  const told = verbose ? differing : differing.slice(0, mostFields);
  const rest = differing.length - told.length;
  const heads = [words.column, words.differ, words.share, words.rule, words.cause, words.open].map(
    (word) => word[language],
  );
  const rows = told.map((field) => [
    code(nameOfField(field)),
    grouped(field.differ),
    prose(percentOf(field.differ, comparison.matched)),
    prose(bestRule(field)),
    prose(causesOfField(field, language)),
    grouped(field.unexplained),
  ]);
  if (rows.length === 0) return [];
  const more = { en: `and ${grouped(rest)} more columns`, ja: `ほか ${grouped(rest)} 項目` };
  return [
    `### ${words.fields[language]} (${differing.length}/${comparison.fields.length})`,
    '',
    ...table(heads, rows, [1, 2, 5]),
    ...(rest > 0 ? [more[language], ''] : []),
  ];
};

const examplesTable = (comparison: ComparisonReport, language: Language, verbose: boolean): Lines => {
  const all = differingFields(comparison).flatMap((field) =>
    field.examples.slice(0, verbose ? 10 : 1).map((example) => ({ field, example })),
  );
  const told = verbose ? all : all.slice(0, mostExamples);
  const heads = [words.column, words.key, words.left, words.right].map((word) => word[language]);
  const rows = told.map(({ field, example: { key, left = '', right = '' } }) => {
    const { before, after, ...middle } = spot(left, right);
    const one = (differing: string): string => {
      // Masked values may be the same though the true ones are not.
      const whole = (before === '' && after === '') || (middle.left === '' && middle.right === '');
      if (before + differing + after === '') return words.empty[language];
      return shown(whole ? before + differing + after : `${before}‹${differing}›${after}`);
    };
    return [code(nameOfField(field)), shown(key), one(middle.left), one(middle.right)];
  });
  return rows.length === 0 ? [] : [`### ${words.examples[language]}`, '', ...table(heads, rows)];
};

const factLines = (comparison: ComparisonReport, language: Language): Lines => {
  const { examples, files } = comparison;
  const colon = language === 'ja' ? '：' : ': ';
  const item = (label: string, text: string): string => `- **${label}**${colon}${prose(text)}`;
  const rejected = [
    ...examples.rejectedLeft.map((one) => `${words.left[language]}: ${rejectedText(one, language)}`),
    ...examples.rejectedRight.map((one) => `${words.right[language]}: ${rejectedText(one, language)}`),
  ];
  const twins = twinsText(comparison, language);
  return [
    item(words.unexplained[language], unexplainedText(comparison)[language]),
    ...rejected.slice(0, 5).map((text) => item(words.rejected[language], text)),
    ...refusedTexts(comparison, language).flatMap(({ says, problems }) => [
      item(words.refused[language], says),
      ...problems
        .slice(0, 5)
        .map(({ column, n, asks, from }) => `  - ${code(column)} ${grouped(n)}: ${prose(asks)} (${prose(from)})`),
    ]),
    ...(twins
      ? [
          item(words.likelyTwice[language], twins.says),
          ...twins.candidates
            .slice(0, 5)
            .map(
              ({ within, a, b, evidence }) => `  - ${within}: ${shown(a.key)} / ${shown(b.key)}: ${prose(evidence)}`,
            ),
          ...(twins.dropped === undefined ? [] : [`  - ${prose(twins.dropped)}`]),
        ]
      : []),
    ...scheduleLines(comparison, language).map((text) => item(words.schedule[language], text)),
    ...unmappedTexts(comparison, language).map((text) => item(words.notCompared[language], text)),
    ...files.map(
      ({ what, file, rows, note }) =>
        `- **${words.files[language]}**${colon}${code(file)} ${prose(writtenWord(what)[language])} ${grouped(rows)}${note === undefined ? '' : ` (${prose(note)})`}`,
    ),
    item(words.speed[language], workText(comparison, language)),
  ];
};

const onePart = (comparison: ComparisonReport, language: Language, title: string, verbose: boolean): Lines => {
  const { left, right, rows, cut, redacted } = comparison;
  const heads = [words.side, words.source, words.records, words.format].map((word) => word[language]);
  const sides = (
    [
      [words.left[language], left, rows.left],
      [words.right[language], right, rows.right],
    ] as const
  ).map(([side, of, count]) => [
    side,
    [code(of.name), ...of.notes.map(prose)].join(' · '),
    grouped(count),
    prose(sideText(of, language)),
  ]);
  return [
    `## ${title}`,
    '',
    ...table(heads, sides, [2]),
    ...(cut ? [`**${words[cut.side][language]}**: ${prose(cut.says)}`, ''] : []),
    ...(redacted ? [prose(words.redacted[language]), ''] : []),
    ...classesTable(comparison, language),
    ...fieldsTable(comparison, language, verbose),
    ...examplesTable(comparison, language, verbose),
    ...factLines(comparison, language),
    '',
  ];
};

/** Every comparison as tables: sides, classes, columns, examples; then what else was seen. */
export const comparisonParts = (report: Report, language: Language, verbose: boolean): Lines => {
  const all = comparisonsOf(report);
  return all.flatMap((comparison) => {
    const name = comparison.name ?? (all.length > 1 ? nameOfComparison(comparison) : undefined);
    const title = `${words.title[language]}${name === undefined ? '' : ` ${code(name)}`}`;
    return onePart(comparison, language, title, verbose);
  });
};

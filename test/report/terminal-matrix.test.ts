import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { width } from '../../src/i18n/width.ts';
import type { Report } from '../../src/model/report.ts';
import { comparisonWords } from '../../src/report/comparison/words.ts';
import type { RenderOptions } from '../../src/report/reporter.ts';
import { textReporter } from '../../src/report/text.reporter.ts';
import { optionsFor, sample } from './samples.ts';

// One golden file a report holds every look of it; UPDATE_GOLDEN=1 writes them.
const folder = new URL('./golden/matrix/', import.meta.url);

const expectGolden = (file: string, text: string): void => {
  const path = new URL(file, folder);
  if (process.env.UPDATE_GOLDEN || !existsSync(path)) {
    if (process.env.CI) throw new Error(`${file} is missing`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, 'utf8'));
};

const widths = [40, 80, 120] as const;

const rendered = (report: Report, more: Partial<RenderOptions>): string =>
  textReporter.render(report, optionsFor(report, more));

/** What differs from the plain look, line by line; the looks have the same lines. */
const differing = (text: string, from: string): string => {
  const before = from.split('\n');
  const lines = text.split('\n');
  if (lines.length !== before.length) return text;
  return lines.flatMap((line, at) => (line === before[at] ? [] : [`${at + 1}: ${line}`])).join('\n');
};

/** Colours as a reader of the file sees them. */
const readable = (painted: string): string => painted.replace(/\u001b\[(\d+)m/g, '<$1>');

const everyLook = (report: Report): string =>
  [
    ...widths.flatMap((columns) => {
      const text = rendered(report, { columns });
      return [
        `##### ${columns}`,
        text,
        `##### ${columns} ascii`,
        differing(rendered(report, { columns, ascii: true }), text),
        `##### ${columns} colour`,
        readable(differing(rendered(report, { columns, colour: true }), text)),
      ];
    }),
    '##### plain',
    rendered(report, { columns: 100_000, plain: true }),
  ].join('\n');

/** Without blanks, and without the backslashes that join the lines of a command. */
const dense = (text: string): string => text.replace(/ \\\n/g, '').replace(/\s+/g, '');

/** Lines that show a part of a file or a value as far as the screen goes; the place of the whole stands beside them. */
const excerpt = / \| |│|…|\.\.\.|‹|^\s*[█▏▎▍▌▋▊▉#]+\s*$/;

/** Words of the heads of the tables. */
const heads = new Set(Object.values(comparisonWords).flatMap(({ en, ja }) => [...en.split(' '), ...ja.split(' ')]));

const names = ['proven', 'healthy', 'several', 'mailboxes', 'sync', 'workflow'] as const;

describe.each(names.flatMap((name) => (['en', 'ja'] as const).map((language) => `${name}.${language}`)))(
  '%s',
  (name) => {
    const report = sample(name);

    test('looks as it did in every width and look', () => {
      expectGolden(`${name}.txt`, everyLook(report));
    });

    test.each(
      widths.flatMap((columns) => [{}, { ascii: true }, { colour: true }].map((look) => [columns, look] as const)),
    )('%i columns %j: no line is wider, and no word of the wide screen is lost', (columns, look) => {
      const text = stripVTControlCharacters(rendered(report, { columns, ...look }));
      expect(text.split('\n').filter((line) => width(line) > columns)).toEqual([]);
      const all = dense(text);
      const words = stripVTControlCharacters(rendered(report, { columns: 200, ...look }))
        .split('\n')
        .filter((line) => !excerpt.test(line) && !/^\s*\d+ \| |^\s+\| /.test(line))
        .flatMap((line) => line.split(/\s+/))
        // Bars follow the width, and a column whose cells went below their row has no head there.
        .filter((word) => !/^[█▏▎▍▌▋▊▉#]+$/.test(word) && !heads.has(word));
      expect(words.filter((word) => !all.includes(word))).toEqual([]);
    });

    test('--plain has the words and none of the signs', () => {
      const text = rendered(report, { columns: 100_000, plain: true });
      expect(text).not.toMatch(/[✓⚠✖ℹ→│─█›‹\u001b]|^\s*[-–+x!?] | {3,}/mu);
      expect(text.split('\n').filter((line) => line !== line.trim())).toEqual([]);
      const all = dense(text);
      const told = report.diagnoses.flatMap(({ title, cause, explanation, fix, verify }) => [
        title,
        cause,
        explanation,
        verify,
        ...fix.steps,
      ]);
      expect(told.filter((words) => !all.includes(dense(words)))).toEqual([]);
      // A fact is one line: what a cause says is not broken over two.
      for (const { explanation } of report.diagnoses) expect(text).toContain(explanation.replace(/\s*\n\s*/g, '\n'));
    });
  },
);

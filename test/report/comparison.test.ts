import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../checks/all-sync-causes.ts';
import { contacts, seeded } from '../../fixtures/sync/contacts.ts';
import { comparisonReport } from '../../src/cli/sync/comparison-report.ts';
import { width } from '../../src/i18n/width.ts';
import type { Report } from '../../src/model/report.ts';
import type { ComparisonReport } from '../../src/model/sync/report.ts';
import type { SyncConfig } from '../../src/model/sync/subject.ts';
import { grouped } from '../../src/model/text.ts';
import { equalUnder } from '../../src/reason/values/normal-rules.ts';
import { classNote, classRows, recordsIn, unexplainedText } from '../../src/report/comparison/classes.ts';
import { bytesText, percentOf, spanText, timeText } from '../../src/report/comparison/numbers.ts';
import { spot } from '../../src/report/comparison/spot.ts';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { markdownReporter } from '../../src/report/markdown.reporter.ts';
import { nagiosReporter } from '../../src/report/nagios.reporter.ts';
import { openmetricsReporter } from '../../src/report/openmetrics.reporter.ts';
import { sarifReporter } from '../../src/report/sarif.reporter.ts';
import { pageOf } from '../../src/report/text/page.ts';
import { barText, cutText, tableLines } from '../../src/report/text/table.ts';
import { textReporter } from '../../src/report/text.reporter.ts';
import { compareSources, mapSources } from '../../src/sync/compare.ts';
import { joinInMemory, sourceOf } from '../sync/support/in-memory.ts';
import { readOpenMetrics } from './openmetrics-reader.ts';
import { optionsFor, sample } from './samples.ts';

const comparisonIn = (report: Report): ComparisonReport => {
  const { comparison } = report;
  if (!comparison) throw new Error('no comparison');
  return comparison;
};
const english = sample('sync.en');
const whole = comparisonIn(english);

describe('where two values differ', () => {
  const shown = (left: string, right: string): string => {
    const { before, after, ...middle } = spot(left, right);
    return `${before}<${middle.left}|${middle.right}>${after}`;
  };

  test.each([
    ['05-6916-2461', '0569162461', '05<-6916-|6916>2461'],
    ['株式会社山本', '㈱山本', '<株式会社|㈱>山本'],
    ['新規', '受注', '<新規|受注>'],
    ['same', 'same', 'same<|>'],
    ['', 'x', '<|x>'],
    ['aa', 'aaa', 'aa<|a>'],
    // What cannot be seen is written out, and an escape is never torn in two.
    ['松本 翔太', '松本\u3000翔太', '松本<␣|\\u3000>翔太'],
    ['a\u200b', 'a\u200c', 'a<\\u200b|\\u200c>'],
    ['a\\u{200b}x', 'a\\u{200c}x', 'a<\\u{200b}|\\u{200c}>x'],
    ['a ', 'a', 'a<␣|>'],
    ['a\n', 'a\r\n', 'a<|\\r>\\n'],
    // What looks the same is told by its code points.
    ['が', 'か\u3099', '<\\u304c|\\u304b\\u3099>'],
    ['葛\u{e0100}', '葛', '<\\u845b\\u{e0100}|\\u845b>'],
    ['3−1', '3-1', '3<\\u2212|->1'],
    // Characters of several code points stay whole.
    ['a👍🏽', 'a👍', 'a<👍🏽|👍>'],
  ])('%j and %j', (left, right, expected) => {
    expect(shown(left, right)).toBe(expected);
  });

  test('a very long value costs no more than its beginning', () => {
    const long = 'あ'.repeat(1_000_000);
    expect(spot(`${long}x`, `${long}y`).before).toHaveLength(1000);
  });
});

describe('numbers', () => {
  test.each([
    [0, 10, '0 %'],
    [10, 10, '100 %'],
    [1, 3, '33.3 %'],
    [1, 1_000_000, '<0.1 %'],
    [999_999, 1_000_000, '>99.9 %'],
    [1, 0, ''],
  ])('%d of %d is %s', (n, of, expected) => {
    expect(percentOf(n, of)).toBe(expected);
  });

  test.each([
    [0, '0 ms', '0 ミリ秒'],
    [999, '999 ms', '999 ミリ秒'],
    [15 * 60_000, '15 min', '15 分'],
    [(7 * 24 + 2) * 3_600_000 + 5, '7 d 2 h', '7 日 2 時間'],
    [24 * 3_600_000, '1 d', '1 日'],
    [Number.NaN, '?', '?'],
    [-1, '?', '?'],
  ])('%d ms', (ms, en, ja) => {
    expect([spanText(ms, 'en'), spanText(ms, 'ja')]).toEqual([en, ja]);
  });

  test('grouping, bytes and times', () => {
    expect(grouped(1_234_567)).toBe('1,234,567');
    expect([0, 1023, 1536, 5e15].map(bytesText)).toEqual(['0 B', '1023 B', '1.5 KiB', '4547.5 TiB']);
    expect(timeText('2026-11-19T00:00:00.000Z')).toBe('2026-11-19 00:00 UTC');
    expect(timeText('yesterday')).toBe('yesterday');
  });
});

describe('the classes', () => {
  test('those of the first depth are all records once', () => {
    const rows = classRows(whole);
    const total = rows.filter(({ depth }) => depth === 0).reduce((sum, { n }) => sum + n, 0);
    expect(total).toBe(recordsIn(whole));
    const changed = rows.filter(({ depth }) => depth === 1).reduce((sum, { n }) => sum + n, 0);
    expect(changed).toBe(whole.changed);
  });

  test('missing rows say what explains them and what is open', () => {
    const missing = classRows(whole).find(({ id }) => id === 'missing');
    expect(missing && classNote(missing, 1).en).toBe('sync.outage-window 25, 3 unexplained, e.g. C100148');
    expect(missing && classNote(missing, 1).ja).toBe('sync.outage-window 25、原因不明 3 件、例: C100148');
  });

  test('of a sample the number is an estimate', () => {
    const explained = whole.explained.map((one) => (one.population === 'missing' ? { ...one, sampledFrom: 280 } : one));
    const unexplained = { ...whole.unexplained, missing: 30, estimated: ['missing'] as const };
    const sampled = { ...whole, missing: 280, explained, unexplained };
    const missing = classRows(sampled).find(({ id }) => id === 'missing');
    expect(missing && classNote(missing, 0)).toEqual({
      en: 'sync.outage-window ~250, ~30 unexplained',
      ja: 'sync.outage-window ~250、原因不明 約 30 件',
    });
    expect(unexplainedText(sampled)).toMatchObject({
      en: expect.stringContaining('about 30 missing'),
      ja: expect.stringContaining('不足 約 30 件'),
    });
  });

  test('what is stale or in conflict and open is told as part of what is open', () => {
    const aged = {
      ...whole,
      classes: { ...whole.classes, unexplained: 3 },
      unexplained: { pairs: 8, missing: 0, extra: 0 },
    };
    expect(unexplainedText(aged)).toEqual({
      en: '8 changed (5 of them stale or in conflict)',
      ja: '内容が異なる 8 件（うち 5 件は古い値または競合）',
    });
  });

  test('files without a record are counted', () => {
    const files = [
      { what: 'missing', file: '/o/missing.csv', rows: 3 },
      { what: 'stale', file: '/o/stale.csv', rows: 0 },
      { what: 'patch', file: '/o/patch.csv', rows: 0 },
    ];
    const report: Report = { ...english, comparison: { ...whole, files } };
    const [short, long] = [false, true].map((verbose) => textReporter.render(report, optionsFor(report, { verbose })));
    expect(short).toMatch(/missing.csv.+patch.csv.+1 more file has no record/s);
    expect(short).not.toContain('stale.csv');
    expect(long).toContain('stale.csv');
  });

  test('where a side was cut off, nothing is claimed to be missing or explained', () => {
    const cut: ComparisonReport = {
      ...whole,
      missing: 0,
      extra: 0,
      unexplained: { pairs: 0, missing: 0, extra: 0 },
      cut: { side: 'right', says: 'the connection ended' },
    };
    expect(classRows(cut).some(({ id }) => id === 'missing' || id === 'extra')).toBe(false);
    expect(unexplainedText(cut).en).toBe('nothing of what was read');
    expect(unexplainedText({ ...cut, cut: undefined } as unknown as ComparisonReport).en).toBe('nothing');
  });
});

describe('tables in a terminal', () => {
  const page = pageOf(optionsFor(english));
  const columns = [
    { head: '項目', least: 4 },
    { head: 'n', align: 'right' },
    { head: '原因', least: 6, below: true },
  ] as const;
  const rows = [
    ['氏名', '1,207', 'sync.phone-format'],
    ['x', '3', ''],
  ];

  test('columns stand below each other, wide characters count twice', () => {
    expect(tableLines(page, columns, rows, 80)).toEqual([
      '項目      n  原因',
      '氏名  1,207  sync.phone-format',
      'x         3',
    ]);
  });

  test('a long cell goes on below itself, then below its row, then everything does', () => {
    expect(tableLines(page, columns, rows, 23)).toEqual([
      '項目      n  原因',
      '氏名  1,207  sync.phone',
      '             -format',
      'x         3',
    ]);
    expect(tableLines(page, columns, rows, 16)).toEqual([
      '項目      n',
      '氏名  1,207',
      '    sync.phone-f',
      '    ormat',
      'x         3',
    ]);
    expect(tableLines(page, columns, rows, 9)).toEqual([
      '氏名',
      '  n 1,207',
      '  原因',
      '  sync.ph',
      '  one-for',
      '  mat',
      'x',
      '  n 3',
    ]);
  });

  test('bars: what is there is seen, nothing is more than all', () => {
    expect([0, 0.0001, 0.5, 1, 7, Number.NaN].map((share) => barText(page, share, 4))).toEqual([
      '',
      '▏',
      '██',
      '████',
      '████',
      '',
    ]);
    const ascii = pageOf(optionsFor(english, { ascii: true }));
    expect([0.01, 1].map((share) => barText(ascii, share, 4))).toEqual(['#', '####']);
  });

  test.each([0, 1, 2, 3, 5, 9])('a text cut to %d columns is no wider', (room) => {
    for (const from of ['start', 'end'] as const) {
      expect(width(cutText(page, '株式会社 山田', room, from))).toBeLessThanOrEqual(room);
    }
  });

  test('a text is cut at either end', () => {
    expect(cutText(page, 'abcdef', 4)).toBe('abc…');
    expect(cutText(page, 'abcdef', 4, 'end')).toBe('…def');
    expect(cutText(page, 'abcd', 4)).toBe('abcd');
  });
});

describe('a list of which only some are in the report', () => {
  test.each([
    [false, 'and 899 more (2 of them with --verbose)'],
    [true, 'and 897 more'],
  ])('says how many there are, and how many of them can be shown (%s)', (verbose, more) => {
    const [one] = whole.likelyDuplicates?.candidates ?? [];
    if (!whole.likelyDuplicates || !one) throw new Error();
    const likelyDuplicates = { ...whole.likelyDuplicates, pairs: 900, candidates: [one, one, one] };
    const report: Report = { ...english, comparison: { ...whole, likelyDuplicates } };
    const lines = textReporter.render(report, optionsFor(report, { columns: 120, verbose })).split('\n');
    expect(lines.map((line) => line.replace(/^[\s–]+/, ''))).toContain(more);
  });
});

describe('masked values', () => {
  test('that are the same carry no marks', () => {
    const fields = whole.fields.map((field) => ({
      ...field,
      examples: field.differ > 0 ? [{ key: 'A9', left: '9999-99-99', right: '9999-99-99' }] : [],
    }));
    const report: Report = { ...english, comparison: { ...whole, fields, redacted: true } };
    for (const reporter of [textReporter, markdownReporter]) {
      const text = reporter.render(report, optionsFor(report));
      expect(text).toContain('9999-99-99');
      expect(text).not.toMatch(/[‹›]/);
    }
  });
});

describe('other formats', () => {
  const withSides = (format: string): Report => ({
    ...english,
    comparison: { ...whole, left: { ...whole.left, format, name: 'contacts of crm:odoo' } },
  });

  test('SARIF: differences stand at the files; a side that is none is left to the configuration', () => {
    const urisOf = (report: Report): readonly string[] =>
      Array.from(sarifReporter.render(report, optionsFor(report)).matchAll(/"uri": "([^"]*)"/g), ([, uri = '']) => uri);
    expect(new Set(urisOf(english))).toEqual(new Set(['crm/contacts.csv', 'shop/customers.csv']));
    expect(new Set(urisOf(withSides('crm:odoo')))).toEqual(new Set(['crm-doctor.yaml', 'shop/customers.csv']));
  });

  test('a record that is none stands at its line', () => {
    expect(sarifReporter.render(english, optionsFor(english))).toContain('"startLine": 6017');
  });

  test('Nagios names the numbers after their comparison where there are several', () => {
    const two: Report = { ...english, comparisons: [whole, { ...whole, name: 'b', missing: 7 }] };
    const { comparison: _, ...several } = two;
    const [one = ''] = nagiosReporter.render(english, optionsFor(english)).split('\n');
    expect(one).toContain(' missing=28;;;0 ');
    const [both = ''] = nagiosReporter.render(several, optionsFor(english)).split('\n');
    expect(both).toContain(" 'b missing'=7;;;0 ");
  });

  test('OpenMetrics: rows by side and class', () => {
    const rows = readOpenMetrics(openmetricsReporter.render(english, optionsFor(english)))
      .filter(({ name }) => name === 'crm_doctor_sync_rows')
      .map(({ labels, value }) => [labels.comparison, labels.side, labels.class, value]);
    expect(rows).toContainEqual(['顧客マスター', 'left', 'missing', 28]);
    expect(rows).toContainEqual(['顧客マスター', 'both', 'changed', 2581]);
  });
});

describe('a comparison of generated records', () => {
  const random = seeded(4);
  const left = contacts(800, 5);
  const right = left
    .filter((_, at) => at < 300 || at >= 340)
    .map((row) => (random() < 0.4 ? { ...row, phone: (row.phone ?? '').replaceAll('-', '') } : row));
  const config: SyncConfig = {
    left: { kind: 'file', file: 'l.csv', encoding: 'auto' },
    right: { kind: 'file', file: 'r.csv', encoding: 'auto' },
    key: { left: ['id'], right: ['id'], rules: [] },
    fields: { phone: { as: 'phone' }, company: { as: 'company' }, updated_at: { role: 'updated-at', as: 'timestamp' } },
    ignore: [],
    engine: { kind: 'local' },
  };

  const compared = async (language: 'en' | 'ja'): Promise<Report> => {
    const sides = { config, left: sourceOf('crm/l.csv', left), right: sourceOf('shop/r.csv', right) };
    const mapped = await mapSources(sides, new AbortController().signal);
    if (mapped.kind !== 'mapped') throw new Error('not mapped');
    const { mapping } = mapped;
    const { fact } = await compareSources({
      ...sides,
      causes: allSyncCauses,
      times: { now: Date.UTC(2026, 10, 26), runs: [] },
      logged: [],
      mapping,
      joined: await joinInMemory(left, right)(mapping),
      equalUnder,
      momentOf: (value) => (value === '' ? undefined : Date.parse(value)),
      printable: (value, most = 300) => value.slice(0, most),
      elapsed: () => 1000,
    });
    const comparison = comparisonReport(
      { fact, keys: [0], causes: allSyncCauses, files: [], redacted: false },
      language,
    );
    return { ...sample(`healthy.${language}`), comparison };
  };

  test.each(['en', 'ja'] as const)('is told in %s, at every width', async (language) => {
    const report = await compared(language);
    expect(comparisonIn(report)).toMatchObject({ missing: 40, extra: 0 });
    for (const columns of [20, 40, 80, 120]) {
      const lines = textReporter.render(report, optionsFor(report, { columns })).split('\n');
      expect(lines.filter((line) => width(line) > columns)).toEqual([]);
    }
    const texts = [textReporter, htmlReporter, markdownReporter].map((one) =>
      one.render(report, optionsFor(report, { columns: 120 })),
    );
    for (const text of texts) {
      expect(text).toContain('crm/l.csv');
      expect(text).toContain(language === 'ja' ? '電話番号の表記' : 'notation of phone numbers');
      expect(text).toContain('phone-format');
    }
  });
});

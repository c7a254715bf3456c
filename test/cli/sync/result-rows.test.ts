import { describe, expect, test } from '@jest/globals';
import { duplicatesRow, scheduleRow, schemaRow } from '../../../src/cli/sync/result-rows.ts';
import type { DuplicatesFact, ScheduleFact } from '../../../src/model/sync/comparison.ts';

type Within = DuplicatesFact['candidates'][number]['within'];

const twins = (...within: readonly Within[]): DuplicatesFact => ({
  searched: ['left', 'right', 'across'],
  rows: { left: 9, right: 9 },
  pairs: within.length,
  groups: within.length,
  candidates: within.map((side) => ({
    within: side,
    score: 1,
    a: { key: '1', shown: [] },
    b: { key: '2', shown: [] },
    evidence: [],
  })),
  dropped: [],
});

const run = { start: '2026-11-25T01:00:00.000Z', failed: false, throttled: false };
const scheduled = (more: Partial<ScheduleFact>): ScheduleFact => ({
  now: '2026-11-25T02:00:00.000Z',
  runs: [run],
  newest: {},
  gaps: [],
  logFailures: [],
  ...more,
});
const logFailures = [{ file: 'old.log', says: 'no-permission: EACCES' }];
const gaps = [{ from: '2026-11-25T01:00:00.000Z', to: '2026-11-25T02:00:00.000Z' }];

describe('what a check of a comparison came to', () => {
  test.each<readonly [Partial<ScheduleFact>, string, readonly string[]]>([
    [{}, 'pass', ['1 run in the log']],
    [{ logFailures }, 'unknown', ['the log cannot be read: old.log: no-permission: EACCES', '1 run in the log']],
    [{ logFailures, gaps, runs: [] }, 'warn', ['1 pause longer', 'the log cannot be read: old.log']],
    [{ logFailures, runs: [] }, 'unknown', ['the log cannot be read: old.log']],
  ])('a schedule of which a log could not be read does not pass: %j', (more, status, words) => {
    const row = scheduleRow(scheduled(more));
    expect(row.status).toBe(status);
    for (const word of words) expect(row.says.en).toContain(word);
  });

  test.each([
    [['left'], '1 group of records looks like one record entered several times (1 pair)', '同一と思われる'],
    [['left', 'across'], '2 groups of records look like one record entered several times (2 pairs)', '同一と思われる'],
    [
      ['across', 'across'],
      '2 groups of records look like one record under another key on each side (2 pairs)',
      '両側に別のキーで登録された、同一と思われる',
    ],
  ] as const)('records that look alike, found within %j', (within, en, ja) => {
    const { says } = duplicatesRow(twins(...within));
    expect(says.en).toBe(en);
    expect(says.ja.startsWith(ja)).toBe(true);
  });

  test('records that would be refused are told by column, with what is wrong with them', () => {
    const problems = (['phone', 'required'] as const).map((rule, at) => ({
      ...{ column: rule === 'phone' ? 'phone' : 'name', rule, n: 935 - at },
      ...{ asks: '', from: 'type' as const, examples: [] },
    }));
    const { says } = schemaRow({ sides: [{ side: 'left', rows: 2000, rejected: 1869, problems }] });
    expect(says).toEqual({
      en: '1,869 records would be refused: phone 935 (no phone number), name 934 (empty, but required)',
      ja: '1,869 件が登録を拒否される見込みです: phone 935 件（電話番号ではない）、name 934 件（必須だが空欄）',
    });
  });
});

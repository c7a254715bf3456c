import { expect, test } from '@jest/globals';
import { type ConditionColumns, conditionOf } from '../../../src/sync/conditions/condition.ts';
import { NotUnderstood } from '../../../src/sync/conditions/tokens.ts';
import { alikeText } from '../../../src/sync/validate/alike.ts';

const columns: ConditionColumns = { named: () => ({ at: 0, kind: 'number', utf8: true }) };
const texts: ConditionColumns = { named: () => ({ at: 0, kind: 'text', utf8: true }) };

test.each([
  ['brackets', `${'('.repeat(4_900)}n${')'.repeat(4_900)}`],
  ['negations', `${'!'.repeat(9_000)}n`],
  ['sums', `n${'+1'.repeat(4_900)} > 0`],
])('a condition of a thousand %s is not understood, and nothing breaks', (_, condition) => {
  expect(() => conditionOf(condition, 'mysql', columns)).toThrow(NotUnderstood);
});

test.each([
  ['groups without end', `${'('.repeat(4_000)}a${')'.repeat(4_000)}`],
  ['a range that goes down', '[z-a]'],
  ['a count that goes down', 'a{5,2}'],
])('a pattern with %s is not understood, and nothing breaks', (_, pattern) => {
  expect(() => conditionOf(`n ~ '${pattern}'`, 'postgresql', texts)).toThrow(NotUnderstood);
});

test('what people write is understood', () => {
  const { isBroken } = conditionOf('(((n + 1 - 1) >= 0) AND NOT (n > 10))', 'mysql', columns);
  expect(['5', '-1', '11', ''].map((value) => isBroken(() => value))).toEqual([false, true, true, false]);
});

test.each([
  ['2026-11-25T10:00:00', '2026-11-25T10:00:00.000', false],
  ['2026-11-25 10:00:00.5', '2026-11-25T10:00:00.500', false],
  ['2026-11-25T10:00', '2026-11-25T10:00:00.000', false],
  ['2026-11-25T10:00:00.49', '2026-11-25T10:00:00.5', true],
  ['2026-11-25T10:00:00', '2026-11-25T10:00:00.001', true],
])('a time is no other one for its zeros: %s >= %s', (updated, created, broken) => {
  const named = (name: string) => ({ at: name === 'updated' ? 0 : 1, kind: 'time', utf8: true }) as const;
  const { isBroken } = conditionOf('updated >= created', 'postgresql', { named });
  expect(isBroken((at) => (at === 0 ? updated : created))).toBe(broken);
});

test('long runs of blanks and zeros are gone through once', () => {
  const blanks = `${' '.repeat(1_000_000)}x`;
  for (const trim of ['trim', 'rtrim', 'btrim', 'ltrim']) {
    const { isBroken } = conditionOf(`${trim}(n) = 'x'`, 'postgresql', texts);
    expect([trim, isBroken(() => blanks), isBroken(() => 'x')]).toEqual([trim, trim === 'rtrim', false]);
  }
  expect(alikeText([`${blanks} `], [{ blanks: true }])).toBe(blanks);
  const fraction = `2026-11-25T10:00:00.${'0'.repeat(1_000_000)}1`;
  const times: ConditionColumns = { named: () => ({ at: 0, kind: 'time', utf8: true }) };
  expect(conditionOf("n > '2026-11-25T10:00:00'", 'postgresql', times).isBroken(() => fraction)).toBe(false);
});

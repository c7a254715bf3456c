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

test.each([
  ["n ~ '.*a.*a.*a.*ab'", 'a'.repeat(300)],
  ["n ~ '^.{0,300}a.{0,300}a.{0,300}a.{0,300}a$'", `${'a'.repeat(299)}b`],
  ["n ~ '^(a?a?)+$'", `${'a'.repeat(299)}b`],
  ["n ~ '^(a*b*){5}c$'", 'ab'.repeat(150)],
  [`n ~ '^${'a?'.repeat(40)}${'a'.repeat(40)}$'`, 'a'.repeat(39)],
  ["n LIKE '%a%a%a%ab'", 'a'.repeat(300)],
])('%s is not tried on a value that it could not be done with', (condition, value) => {
  const broken = (): boolean => {
    try {
      return conditionOf(condition, 'postgresql', texts).isBroken(() => value);
    } catch (error) {
      if (error instanceof NotUnderstood) return false;
      throw error;
    }
  };
  expect(broken()).toBe(false);
});

test.each([
  ['^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}$', 'hanako@mail.example.jp', `${'x'.repeat(250)}@mail`],
  ['^0\\d{1,4}-\\d{1,4}-\\d{4}$', '03-1234-5678', '3-12'],
  ['^(new|won|lost)$', 'won', 'gone'],
  ['^\\+?[0-9]{1,3}( ?[0-9]{2,4}){2,3}$', '+81 90 1234 5678', 'x'],
])('what people ask of values is tried: %s', (pattern, good, bad) => {
  const { isBroken } = conditionOf(`n ~ '${pattern}'`, 'postgresql', texts);
  expect([good, bad].map((value) => isBroken(() => value))).toEqual([false, true]);
});

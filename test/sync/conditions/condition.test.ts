import { expect, test } from '@jest/globals';
import { type ConditionColumns, conditionOf } from '../../../src/sync/conditions/condition.ts';
import { NotUnderstood } from '../../../src/sync/conditions/tokens.ts';

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

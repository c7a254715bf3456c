import { expect, test } from '@jest/globals';
import { type Logic, numbersIn, readLogic } from '../../../src/reason/workflow/logic-string.ts';

const plain = (logic: Logic): unknown => {
  if (logic.kind === 'number') return logic.number;
  if (logic.kind === 'not') return ['not', plain(logic.of)];
  return [logic.bracketed ? `(${logic.kind})` : logic.kind, ...logic.of.map(plain)];
};

test.each<[string, unknown]>([
  ['1 AND 2 AND 3', ['and', 1, 2, 3]],
  ['1 and (2 or NOT 3)', ['and', 1, ['(or)', 2, ['not', 3]]]],
  ['1 OR 2 AND 3', ['or', 1, ['and', 2, 3]]],
  ['((1))', 1],
  ['1&&(2||!3)', ['and', 1, ['(or)', 2, ['not', 3]]]],
])('%s is read', (text, expected) => {
  const reading = readLogic(text);
  expect(reading.kind === 'read' && plain(reading.logic)).toEqual(expected);
});

test.each([
  ['1 AND', 5],
  ['1 2', 2],
  ['(1 AND 2', 8],
  ['1 XOR 2', 2],
  ['', 0],
  ['('.repeat(5000), 100],
  [`${'1 AND '.repeat(5000)}1`, 0],
])('%s is faulty', (text, at) => {
  expect(readLogic(text)).toEqual({ kind: 'fault', at });
});

test('numbers say where they stand', () => {
  const text = '1 AND (12 OR 3)';
  const reading = readLogic(text);
  const numbers = reading.kind === 'read' ? numbersIn(reading.logic) : [];
  expect(numbers.map(({ start, end }) => text.slice(start, end))).toEqual(['1', '12', '3']);
});

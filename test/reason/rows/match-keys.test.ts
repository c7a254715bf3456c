import { describe, expect, test } from '@jest/globals';
import { inTurn, isSecond, momentIn } from '../../../src/reason/rows/in-turn.ts';
import { matchKey } from '../../../src/reason/rows/matches.ts';

describe('the telephone as a key', () => {
  test.each([
    ['03-1234-5678', '0312345678'],
    ['+81 3 1234 5678', '03 (1234) 5678'],
    ['+81-90-1234-5678', '090-1234-5678'],
    ['０９０－１２３４－５６７８', '090-1234-5678'],
    ['+49 1512 3456789', '491512-3456789'],
    ['1234567890123456789', '1234 5678 9012 3456 789'],
  ])('%s and %s are one number', (one, other) => {
    expect(matchKey(one, 'phone')).toBeDefined();
    expect(matchKey(one, 'phone')).toBe(matchKey(other, 'phone'));
  });

  test.each([
    ['0123456789', '123456789'],
    ['0012345678', '012345678'],
    ['8112345678', '012345678'],
    ['81123456789', '0123456780'],
    ['12345678901234567', '12345678901234568'],
  ])('%s and %s are two', (one, other) => {
    expect(matchKey(one, 'phone')).not.toBe(matchKey(other, 'phone'));
  });

  test('a number of few digits says too little', () => {
    expect([matchKey('12-34-5678', 'phone'), matchKey('内線 123', 'phone')]).toEqual([undefined, undefined]);
  });
});

test('moments of two groups come in turn, those of the first group before their like', () => {
  const turn = [...inTurn([5, -3, 7], [-3, 6, 5])];
  expect(turn.map((mark) => [momentIn(mark), isSecond(mark)])).toEqual([
    [-3, false],
    [-3, true],
    [5, false],
    [5, true],
    [6, true],
    [7, false],
  ]);
});

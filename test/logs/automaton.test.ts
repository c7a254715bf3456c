import { describe, expect, test } from '@jest/globals';
import { createAutomaton, needlesIn } from '../../src/logs/automaton.ts';
import { createScanner } from '../../src/logs/scanner.ts';

const foldAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

describe('the automaton', () => {
  const needles = ['he', 'she', 'his', 'hers', 'ushers', 'エラー', ' -- ', 'Å', 'his'];
  const automaton = createAutomaton(needles);
  const plainly = (text: string) =>
    needles.flatMap((needle, id) => (foldAscii(text).includes(foldAscii(needle)) ? [id] : []));

  test.each([
    'ushers',
    'USHERS',
    'sshe',
    'hi s',
    '接続エラー -- his',
    'エラ',
    'å',
    'Å',
    '',
    'hhhhe',
    '\u0000she\u0000',
  ])('finds in %j what a plain search finds', (text) =>
    expect([...needlesIn(automaton, Buffer.from(text))].toSorted((left, right) => left - right)).toEqual(plainly(text)),
  );

  test('the scanner stops at their lines and counts all', () => {
    const hits: number[] = [];
    const scanner = createScanner(automaton, ({ number }) => hits.push(number));
    for (const piece of ['no\nS', 'HE\n\nx', '\nエラー']) scanner.push(Buffer.from(piece));
    scanner.end();
    expect([hits, scanner.lines()]).toEqual([[2, 5], 5]);
  });
});

import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { openLines } from '../../src/guide/lines.ts';

test('the terminal shows nothing of a hidden line from the moment it is asked for', async () => {
  const happened: string[] = [];
  const setRawMode = (on: boolean): void => void happened.push(on ? 'echo off' : 'echo on');
  const input = Object.assign(new PassThrough(), { setRawMode });
  const lines = openLines(input, () => {
    happened.push('hears Ctrl+C');
    return () => {};
  });
  // Whoever pastes does so at the sight of the question.
  const ask = (): void => {
    happened.push('asked');
    input.write('secreX\u007ft\n');
  };
  expect(await lines.next({ hidden: true, ask })).toBe('secret');
  expect(happened).toEqual(['hears Ctrl+C', 'echo off', 'asked', 'echo on']);
  input.end();
});

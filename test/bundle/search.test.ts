import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../src/bundle/entry.ts';
import type { KnownSecret } from '../../src/bundle/known-secret.ts';
import { leaksIn } from '../../src/bundle/scan.ts';
import { createSearch } from '../../src/bundle/search.ts';

/** The same numbers at every run (Mulberry32), so that a failure can be looked at again. */
const randomOf = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

/** As it was looked for before: each by itself. */
const oneByOne = (text: Buffer, needles: readonly Buffer[]): readonly string[] =>
  [...new Set(needles.filter((needle) => text.includes(needle)).map((needle) => needle.toString('latin1')))].toSorted();

const found = (text: Buffer, needles: readonly Buffer[]): readonly string[] =>
  [...createSearch(needles.map((needle) => needle.toString('latin1')))(text)].toSorted();

const buffers = (...texts: readonly string[]): readonly Buffer[] => texts.map((text) => Buffer.from(text, 'latin1'));

describe('the search for many byte strings at once', () => {
  test('finds what looking for each of them finds, among few letters that make equal heads', () => {
    const random = randomOf(20_261_121);
    let hits = 0;
    for (let round = 0; round < 3000; round += 1) {
      const letters = [1, 2, 3, 256][round % 4] ?? 2;
      const bytes = (most: number): Buffer => Buffer.from(Array.from({ length: random(most) }, () => random(letters)));
      const text = bytes(80);
      const needles = Array.from({ length: 1 + random(40) }, () => {
        const start = random(text.length + 1);
        // Half of them are cut out of the text, half are made apart from it.
        return random(2) === 0 ? text.subarray(start, start + random(14)) : bytes(14);
      });
      const expected = oneByOne(text, needles);
      hits += expected.length;
      expect([round, found(text, needles)]).toEqual([round, expected]);
    }
    expect(hits).toBeGreaterThan(3000);
  });

  test.each([
    ['one inside another', 'tanaka-taro', ['tanaka', 'tanaka-taro', 'aka-t', 'naka-tar']],
    [
      'equal heads of every length',
      'abcdabcdabcdX',
      ['abcd', 'abcda', 'abcdab', 'abcdabc', 'abcdabcd', 'abcdabcdabcd'],
    ],
    ['shorter than four bytes', 'x', ['x', '', 'xy']],
    ['at the very end', '-----end', ['end', '-end', '--end', 'nd', 'ends']],
    ['the same one twice', 'needle', ['needle', 'needle']],
    ['beyond the end', 'need', ['needle', 'need']],
    ['zeros that a shorter end is not mistaken for', 'abcd\0', ['abcd\0', 'abcd\0\0', 'abcd']],
  ])('%s', (_, text, needles) => {
    const all = buffers(...needles);
    expect(found(Buffer.from(text, 'latin1'), all)).toEqual(oneByOne(Buffer.from(text, 'latin1'), all));
  });

  test('a text that is all the beginning of many is gone through all the same', () => {
    const needles = Array.from({ length: 500 }, (_, length) => Buffer.from(`${'a'.repeat(length + 4)}b`));
    expect(found(Buffer.alloc(100_000, 'a'), needles)).toEqual([]);
    expect(found(Buffer.from(`${'a'.repeat(9)}b`), needles)).toEqual(
      [4, 5, 6, 7, 8, 9].map((times) => `${'a'.repeat(times)}b`).toSorted(),
    );
  });
});

const entry = (text: string, kind: Entry['kind'] = 'text'): Entry => ({
  name: 'evidence.json',
  kind,
  why: { en: '', ja: '' },
  bytes: Buffer.from(text),
  redactions: {},
});

describe('the last look of a bundle', () => {
  const people = Array.from(
    { length: 5000 },
    (_, at): KnownSecret => ({ name: `person ${at}`, value: `Sato-${at}-Yuki` }),
  );

  test('names each of many that are still there, and no other', () => {
    const text = JSON.stringify({
      left: [people[7]?.value, people[4999]?.value],
      coded: btoa(`x${people[12]?.value}y`),
    });
    expect(leaksIn([entry(text, 'data')], people)).toEqual([
      { entry: 'evidence.json', secret: 'person 7', encoding: 'plain' },
      { entry: 'evidence.json', secret: 'person 12', encoding: 'base64' },
      { entry: 'evidence.json', secret: 'person 4999', encoding: 'plain' },
    ]);
    expect(leaksIn([entry('{"left":["Sato-5000-Yuki","Sato-7-Yuk"]}', 'data')], people)).toEqual([]);
  });

  test('an everyday word counts where it stands by itself, also where that is seen only behind an escape', () => {
    const secrets = [{ name: 'mail.password', value: 'tanaka' }];
    expect(leaksIn([entry('tanakamura, x.tanaka')], secrets)).toEqual([]);
    expect(leaksIn([entry('{"a":"say \\u0074anaka"}', 'data')], secrets)).toHaveLength(1);
    expect(leaksIn([entry('by tanaka')], secrets)).toHaveLength(1);
    expect(leaksIn([entry('by tanaka', 'derived')], secrets)).toEqual([]);
  });
});

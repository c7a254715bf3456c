import { describe, expect, test } from '@jest/globals';
import { componentsOf, isCycle } from '../../../src/reason/workflow/components.ts';
import { headsOf } from '../../../src/reason/workflow/heads.ts';

/** `a>b c`: a leads to b and c. */
const graph = (text: string) => {
  const ways = new Map(
    text.split(';').map((line) => {
      const [from = '', to = ''] = line.trim().split('>');
      return [from, to.split(' ').filter((name) => name !== '')] as const;
    }),
  );
  return { nodes: [...ways.keys()], next: (node: string): readonly string[] => ways.get(node) ?? [] };
};

describe('strongly connected sets', () => {
  test.each([
    ['a chain has none', 'a>b; b>c; c>', 'c b a', ''],
    ['a ring is one', 'a>b; b>c; c>a', 'abc', 'abc'],
    ['two rings in a row', 'a>b; b>a c; c>d; d>c', 'cd ab', 'cd ab'],
    ['a ring inside a ring', 'a>b; b>c a; c>d; d>b', 'abcd', 'abcd'],
    ['a node that leads to itself', 'a>a b; b>', 'b a', 'a'],
    ['a diamond', 'a>b c; b>d; c>d; d>', 'd b c a', ''],
  ])('%s', (_, text, all, cycles) => {
    const { nodes, next } = graph(text);
    const found = componentsOf(nodes, next);
    expect(found.map((one) => one.toSorted().join('')).join(' ')).toBe(all);
    expect(
      found
        .filter((one) => isCycle(one, next))
        .map((one) => one.toSorted().join(''))
        .join(' '),
    ).toBe(cycles);
  });

  test('a chain of 100,000 nodes needs no stack', () => {
    const next = (node: number): readonly number[] => (node < 99_999 ? [node + 1] : [0]);
    expect(componentsOf([0], next)).toHaveLength(1);
  });
});

describe('where lost parts begin', () => {
  test.each([
    ['each part by its first node', 'a>b; b>c; c>; d>', 'a+2 d+0'],
    ['a ring by the first in order', 'x>y; y>x z; z>', 'x+2'],
    ['a ring behind a head follows from it', 'h>x; x>y; y>x', 'h+2'],
    ['a node that leads to itself', 'a>a', 'a+0'],
  ])('%s', (_, text, expected) => {
    const { nodes, next } = graph(text);
    expect(
      headsOf(nodes, next)
        .map(({ node, follows }) => `${node}+${follows.length}`)
        .join(' '),
    ).toBe(expected);
  });
});

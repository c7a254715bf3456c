import { describe, expect, test } from '@jest/globals';
import { largestStump } from '../../../src/reason/rows/largest-stump.ts';

const values = (...counts: readonly (readonly [string, number])[]): readonly string[] =>
  counts.flatMap(([value, n]) => Array.from({ length: n }, () => value));
const present = values(['a', 20], ['b', 80]);

describe('the segment in which most of what is left lies', () => {
  test('is the value that is most more common there than elsewhere, not the most common one', () => {
    const found = largestStump([
      { name: 'active', some: values(['true', 95], ['false', 5]), present: values(['true', 93], ['false', 7]) },
      { name: 'owner', some: values(['a', 60], ['b', 40]), present },
      { name: 'stage', some: values(['', 80], ['x', 20]), present: values(['', 10], ['x', 90]) },
    ]);
    expect(found).toMatchObject({ column: 'stage', value: '', share: { n: 80, of: 100 }, present: { n: 10, of: 100 } });
  });

  test.each([
    ['is not named where the shares hardly differ', values(['a', 35], ['b', 65]), present],
    ['is not named where less than half have it', values(['a', 45], ['b', 55]), values(['b', 100])],
    ['is not named of so few that chance would do it', values(['a', 3], ['b', 2]), present],
    ['is not named where nothing is present', values(['a', 60]), []],
    ['is not named of a column of which each record has its own value', present.map((_, at) => `v${at}`), present],
  ])('%s', (_, some, others) => {
    expect(largestStump([{ name: 'owner', some, present: others }])).toBeUndefined();
  });
});

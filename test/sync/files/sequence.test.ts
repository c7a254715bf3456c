import { describe, expect, test } from '@jest/globals';
import { gapsIn } from '../../../src/sync/files/sequence.ts';

const numbered = (numbers: readonly (number | string)[], before = '/x/part-', after = '.csv'): readonly string[] =>
  numbers.map((number) => `${before}${number}${after}`);
const missingOf = (names: readonly string[]): readonly (readonly string[])[] =>
  gapsIn(names).map(({ missing }) => missing);

describe('what lacks in a sequence of numbered files', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['one of many', numbered([1, 2, 3, 5, 6, 7]), ['/x/part-4.csv']],
    ['with zeros before', numbered(['001', '002', '004', '100'].slice(0, 3)), ['/x/part-003.csv']],
    ['from 9 to 11', numbered([7, 8, 9, 11]), ['/x/part-10.csv']],
    ['from 099 to 101', numbered(['097', '098', '099', '101']), ['/x/part-100.csv']],
    ['the first one', numbered(['02', '03', '04']), ['/x/part-01.csv']],
    ['with a day in the name', numbered(['1', '2', '4'], '/x/export_20261127_'), ['/x/export_20261127_3.csv']],
    ['in folders', numbered([0, 1, 3, 4], '/x/', '/contacts.csv'), ['/x/2/contacts.csv']],
    ['in brackets', numbered([1, 2, 4], '/x/contacts (', ').csv'), ['/x/contacts (3).csv']],
  ])('%s', (_, names, missing) => {
    const [found] = missingOf(names);
    expect(found).toEqual(missing);
  });

  test('the first and the last that are there are told', () => {
    expect(gapsIn(numbered(['01', '02', '04']))).toEqual([
      { first: '/x/part-01.csv', last: '/x/part-04.csv', missing: ['/x/part-03.csv'] },
    ]);
  });

  test.each<[string, readonly string[]]>([
    ['whole', numbered([1, 2, 3, 4])],
    ['whole from 0 on', numbered(['00', '01', '02'])],
    ['whole from 57 on', numbered([57, 58, 59])],
    ['of two', numbered([1, 3])],
    ['of which most lack: these are no counts', numbered([1, 40, 77, 300])],
    ['of days, of which some are free', numbered(['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25'], '/x/')],
    ['of days without signs', numbered(['20261120', '20261123', '20261124', '20261125'], '/x/')],
    ['of months', numbered(['2026-01', '2026-03', '2026-04', '2026-05'], '/x/')],
    ['of times', numbered(['1732612345', '1732612346', '1732612348'])],
    ['without numbers', ['/x/a.csv', '/x/b.csv', '/x/c.csv']],
    ['of different names', ['/x/a1.csv', '/x/b2.csv', '/x/c4.csv']],
  ])('nothing of names %s', (_, names) => {
    expect(gapsIn(names)).toEqual([]);
  });
});

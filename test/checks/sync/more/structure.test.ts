import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../../../checks/all-sync-causes.ts';
import {
  type Contact,
  contacts,
  explainedBy,
  seeded,
  type ViewOptions,
  withFault,
  withHonestEdits,
} from '../../../sync/support/view.ts';

const rows = contacts(3000, 9);

/** All causes that there are, so that each is held against all of its look-alikes. */
const found = (left: readonly Contact[], right: readonly Contact[], options: ViewOptions = {}) =>
  explainedBy(allSyncCauses, left, right, options);
const named = async (left: readonly Contact[], right: readonly Contact[], options: ViewOptions = {}) =>
  (await found(left, right, options)).map(({ cause }) => cause);

describe('a name that is two fields on the other side', () => {
  const split = (list: readonly Contact[]) =>
    list.map((row): Contact => {
      const [family = '', given = ''] = (row.name ?? '').split(' ');
      return { ...row, name: family, first_name: given };
    });

  test('is named with the column that holds the rest, on either side', async () => {
    const [first, ...more] = await found(rows, split(withHonestEdits(rows)));
    expect(first).toMatchObject({
      cause: 'sync.name-split',
      detail: { side: 'right', part: 'first', rest: 'first_name' },
    });
    expect(more).toEqual([]);
    const [other] = await found(split(rows), withHonestEdits(rows));
    expect(other).toMatchObject({ cause: 'sync.name-split', detail: { side: 'left' } });
  });

  test('in a few rows only', async () => {
    const right = split(rows).map((row, at) => (at % 20 === 0 ? row : { ...row, name: rows[at]?.name ?? '' }));
    expect((await named(rows, right))[0]).toBe('sync.name-split');
  });

  test('in columns of other names, so that none of them is compared', async () => {
    const right = rows.map(({ name = '', ...row }): Contact => {
      const [sei = '', mei = ''] = name.split(' ');
      return { ...row, sei, mei };
    });
    const [first, ...more] = await found(rows, right);
    expect(first).toMatchObject({
      cause: 'sync.name-split',
      effect: 'notation',
      detail: { side: 'left', whole: 'name', first: 'sei', last: 'mei' },
      share: { n: rows.length, of: rows.length },
    });
    expect(more).toEqual([]);
    const others = right.map((row, at) => ({ ...row, mei: right[at + 1]?.mei ?? '' }));
    expect(await named(rows, others)).not.toContain('sync.name-split');
  });

  test('a name that is cut is not split, whatever stands beside it', async () => {
    const cut = rows.map((row): Contact => ({ ...row, name: (row.name ?? '').slice(0, 3), rank: row.stage ?? '' }));
    expect(await named(rows, cut)).not.toContain('sync.name-split');
  });
});

describe('masked personal data', () => {
  const mask = (row: Contact): Contact => ({
    ...row,
    name: `${(row.name ?? '').slice(0, 1)}**`,
    phone: '***-****-****',
    email: 'd41d8cd98f00b204e9800998ecf8427e',
  });
  const gone = (row: Contact, at: number): Contact =>
    at % 40 === 0 ? { ...row, consent: 'withdrawn' } : { ...row, consent: 'given' };

  test('of the records with a flag is expected, and the flag is named', async () => {
    const left = rows.map(gone);
    const right = withHonestEdits(rows).map((row, at) => (at % 40 === 0 ? mask(row) : row));
    const [first, ...more] = await found(left, right);
    expect(first).toMatchObject({
      cause: 'sync.anonymised',
      effect: 'expected',
      detail: { side: 'right', flag: { column: 'consent', value: 'withdrawn' } },
    });
    expect(more).toEqual([]);
  });

  test('of records that nothing sets apart is named without a flag', async () => {
    const [first] = await found(rows, withFault(rows, 0.05, mask));
    expect(first?.cause).toBe('sync.anonymised');
    expect(first?.detail).toEqual({ side: 'right' });
  });

  test('by words where they can be no value', async () => {
    expect(
      (
        await named(
          rows,
          withFault(rows, 0.05, (row) => ({ ...row, name: '退会済み', address: '退会済み' })),
        )
      )[0],
    ).toBe('sync.anonymised');
    const resigned = withFault(rows, 0.05, (row) => ({ ...row, stage: '退会' }));
    expect(await named(rows, resigned)).not.toContain('sync.anonymised');
  });

  test('by addresses that reach nobody, as in a copy for tests', async () => {
    const copied = rows.map((row) => ({ ...row, email: `${row.email}.invalid` }));
    expect(await named(rows, copied)).toContain('sync.anonymised');
  });

  test('stars that were written into a text are none', async () => {
    const starred = withFault(rows, 0.2, (row) => ({ ...row, notes: `**重要** ${row.notes}` }));
    expect(await named(rows, starred)).not.toContain('sync.anonymised');
  });
});

describe('values that moved to the right', () => {
  const columns = Object.keys(rows[0] ?? {});
  const withMore = rows.map((row): Contact => ({ ...row, zone: 'A1', rank: 'B' }));
  const names = [...columns, 'zone', 'rank'];
  const written = (row: Contact): Contact => {
    const cells = names
      .map((name) => row[name] ?? '')
      .join(',')
      .split(',');
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  };

  test('only in rows with the delimiter in a value', async () => {
    const left = withFault(withMore, 0.05, (row) => ({ ...row, company: `${row.company}, 東京支店` }));
    const [first, ...more] = await found(
      left,
      withHonestEdits(left).map((row) => (row.notes === '' ? written(row) : row)),
    );
    expect(first).toMatchObject({ cause: 'sync.column-shift', detail: { side: 'right', sign: ',' } });
    expect(more).toEqual([]);
  });

  test('a line break ends the record', async () => {
    const left = withFault(withMore, 0.05, (row) => ({ ...row, address: `${row.address}\n2階` }));
    const right = left.map((row): Contact => {
      if (!row.address?.includes('\n')) return row;
      const cut = names.indexOf('address');
      return Object.fromEntries(
        names.map((name, at) => [
          name,
          at < cut ? (row[name] ?? '') : at === cut ? (row.address?.split('\n')[0] ?? '') : '',
        ]),
      );
    });
    expect((await found(left, right))[0]).toMatchObject({ cause: 'sync.column-shift', detail: { sign: '\n' } });
  });

  test('a value that is cut at a comma, alone, is no shift', async () => {
    const right = withFault(rows, 0.5, (row) => ({ ...row, notes: (row.notes ?? '').split(',')[0] ?? '' }));
    expect(await named(rows, right)).not.toContain('sync.column-shift');
  });
});

describe('columns that slipped by a row', () => {
  const slipped = (list: readonly Contact[], from: number, lag: number, names: readonly string[]) =>
    list.map((row, at): Contact => {
      const other = list[at + lag];
      return at < from || !other
        ? row
        : { ...row, ...Object.fromEntries(names.map((name) => [name, other[name] ?? ''])) };
    });

  test.each([
    ['the one before, in all rows', 0, -1],
    ['the one before, in the last tenth', 2700, -1],
    ['the one after', 2000, 1],
  ])('to %s', async (_, from, lag) => {
    const [first, ...more] = await found(rows, slipped(withHonestEdits(rows), from, lag, ['phone', 'stage']));
    expect(first).toMatchObject({ cause: 'sync.join-off-by-one', detail: { lag } });
    expect(more).toEqual([]);
  });

  const sortedAlone = (column: string, rest = rows): readonly Contact[] => {
    const values = rest.map((row) => row[column] ?? '').toSorted();
    return rest.map((row, at) => ({ ...row, [column]: values[at] ?? '' }));
  };

  test.each([
    ['of many values', 'phone', false],
    ['of few, which stand together', 'stage', true],
  ])('sorted for itself (%s), on either side, is told as such', async (_, column, grouped) => {
    const sorted = withHonestEdits(sortedAlone(column));
    for (const [left, right, side] of [
      [rows, sorted, 'right'],
      [sorted, rows, 'left'],
    ] as const) {
      const [first, ...more] = await found(left, right);
      expect(first).toMatchObject({ cause: 'sync.join-off-by-one', detail: { sorted: side, by: 'file', grouped } });
      expect(more).toEqual([]);
    }
  });

  test('sorted by the order of another language, equal ones stand together', async () => {
    const order = ['受注', '見積提出', '新規', '失注', '商談中', '連絡済み'];
    const stages = rows.map(({ stage = '' }) => stage).toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
    const sorted = rows.map((row, at) => ({ ...row, stage: stages[at] ?? '' }));
    expect((await found(rows, sorted))[0]?.detail).toMatchObject({ sorted: 'right', grouped: true });
  });

  test.each([
    ['by two rows', slipped(rows, 0, -2, ['phone'])],
    [
      'in a part that was sorted',
      [...rows.slice(0, 500), ...sortedAlone('phone', rows.slice(500, 900)), ...rows.slice(900)],
    ],
  ])('%s: the same values at other records', async (_, right) => {
    const [first] = await found(rows, right);
    expect(first).toMatchObject({ cause: 'sync.join-off-by-one' });
    expect(first?.detail).toHaveProperty('permuted');
    expect(first?.detail).not.toHaveProperty('sorted');
  });

  test('values that were drawn anew are not the same ones', async () => {
    const random = seeded(3);
    const drawn = rows.map((row) => ({ ...row, stage: rows[Math.floor(random() * rows.length)]?.stage ?? '' }));
    expect(await named(rows, drawn)).not.toContain('sync.join-off-by-one');
    const later = rows.map((row) => ({ ...row, amount: String(Number(row.amount) + 1000) }));
    expect(await named(rows, later)).not.toContain('sync.join-off-by-one');
  });

  test('of whole records is no slipped column: the key stands for others', async () => {
    const right = slipped(
      rows,
      2000,
      -1,
      Object.keys(rows[0] ?? {}).filter((name) => name !== 'id'),
    );
    expect(await named(rows, right)).not.toContain('sync.join-off-by-one');
  });
});

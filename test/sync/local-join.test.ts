import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { seeded } from '../../fixtures/sync/contacts.ts';
import type { DelimitedFile } from '../../src/model/sync/source.ts';
import { readRecords } from '../../src/sync/engine/read.ts';
import type { Joined } from '../../src/sync/joined.ts';
import { JoinLost, joinLocally } from '../../src/sync/local-join.ts';
import { mapColumns } from '../../src/sync/mapping/map-columns.ts';
import { viewOfJoined } from '../../src/sync/view-of.ts';
import { joinInMemory } from './support/in-memory.ts';
import { type Contact, contacts, withFault, withHonestEdits } from './support/view.ts';

const made: string[] = [];
afterEach(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true });
});

const quoted = (value: string): string => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

const written = async (directory: string, name: string, rows: readonly Contact[]): Promise<DelimitedFile> => {
  const header = `${Object.keys(rows[0] ?? {}).join(',')}\n`;
  const path = join(directory, name);
  await writeFile(path, `${header}${rows.map((row) => `${Object.values(row).map(quoted).join(',')}\r\n`).join('')}`);
  return { path, from: header.length, delimiter: 44, quote: 34 };
};

const never = new AbortController().signal;

const facts = { format: 'csv' as const, name: 'x', columns: [], rows: { count: 0, exact: true }, notes: [] };
/** What a view is made of besides the join. */
const told: Parameters<typeof viewOfJoined>[2] = {
  config: {
    left: { kind: 'file', file: 'l', encoding: 'auto' },
    right: { kind: 'file', file: 'r', encoding: 'auto' },
    key: { left: ['id'], right: ['id'], rules: [] },
    ignore: [],
    engine: { kind: 'local' },
  },
  sources: { left: facts, right: facts },
  times: { now: 0, runs: [] },
  logged: [],
};

const joined = async (left: readonly Contact[], right: readonly Contact[], sample = 50_000) => {
  const directory = await mkdtemp(join(tmpdir(), 'crm-doctor-join-'));
  made.push(directory);
  const sideOf = (rows: readonly Contact[]) => ({
    columns: Object.keys(rows[0] ?? {}).map((name) => ({ name })),
    sample: [],
  });
  const mapping = mapColumns(sideOf(left), sideOf(right), {
    key: { left: ['id'], right: ['id'], rules: [] },
    ignore: [],
  });
  const files = { left: await written(directory, 'l.csv', left), right: await written(directory, 'r.csv', right) };
  const reply = await joinLocally(
    {
      left: { files: [files.left], fields: Object.keys(left[0] ?? {}).length },
      right: { files: [files.right], fields: Object.keys(right[0] ?? {}).length },
    },
    mapping,
    { directory, seed: 1, sample, threads: 'inline', keepAlone: true },
    never,
  );
  if (reply.kind !== 'joined') throw new Error(JSON.stringify(reply));
  return { ...reply, mapping, files };
};

const nasty = (rows: readonly Contact[]): readonly Contact[] =>
  withFault(rows, 0.2, (row, at) => ({
    ...row,
    notes: ['"', 'a,b', 'two\nlines', '"quoted", and\r\nmore', '', '改行\n「」'][at % 6] ?? '',
  }));

describe('two sides joined from files', () => {
  const rows = nasty(contacts(1500));
  const shuffled = (given: readonly Contact[]): readonly Contact[] => {
    const random = seeded(9);
    return given
      .map((row) => ({ row, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ row }) => row);
  };

  test('agree with the plainest join in every count and every row', async () => {
    const again = rows.slice(3, 6);
    const kept = withHonestEdits(rows, 0.1).filter((_, at) => at % 30 !== 0);
    // The other side has its columns and its records in another order.
    const right = shuffled([...kept, ...contacts(1540).slice(1500), ...again]).map((row) =>
      Object.fromEntries(Object.entries(row).toReversed()),
    );
    const { joined: found, mapping } = await joined([...rows, ...rows.slice(100, 110)], right);
    const plain = await joinInMemory([...rows, ...rows.slice(100, 110)], right)(mapping);
    expect(found.counts.changed).toBeGreaterThan(50);
    expect(found.counts).toEqual(plain.counts);
    expect(found.differing).toEqual(plain.differing);
    const valuesOf = async (one: typeof found, side: 'left' | 'right', addresses: readonly number[]) =>
      (await one.read(side, addresses)).map((record) => record.join('|')).toSorted();
    expect(await valuesOf(found, 'left', found.missing)).toEqual(await valuesOf(plain, 'left', plain.missing));
    expect(await valuesOf(found, 'right', found.extra)).toEqual(await valuesOf(plain, 'right', plain.extra));
    const aloneOf = async (one: typeof found, side: 'left' | 'right') => {
      const records: string[] = [];
      for await (const batch of one.eachAlone(side)) records.push(...batch.map((record) => record.join('|')));
      return records.toSorted();
    };
    expect(await aloneOf(found, 'left')).toEqual(await aloneOf(plain, 'left'));
    expect(await aloneOf(found, 'right')).toEqual(await aloneOf(plain, 'right'));
    expect((await aloneOf(found, 'left')).length).toBe(plain.counts.missing);
    const changedOf = async (one: typeof found) => {
      const pairs: string[] = [];
      for await (const batch of one.eachChanged()) for (const pair of batch) pairs.push(JSON.stringify(pair));
      return pairs.toSorted();
    };
    expect(await changedOf(found)).toEqual(await changedOf(plain));
  });

  test('of records with thousands of columns fewer are read, and all are counted', async () => {
    const wide = Array.from({ length: 500 }, (_, at) => ({
      id: `w${at}`,
      ...Object.fromEntries(Array.from({ length: 3999 }, (_column, column) => [`c${column}`, 'x'])),
    }));
    const { joined: found } = await joined(
      wide,
      wide.map((row) => ({ ...row, c7: 'y' })),
    );
    expect(found.counts).toMatchObject({ matched: 500, changed: 500 });
    // 1.2 million values.
    expect(found.present).toHaveLength(300);
    expect(new Set(found.pairs.map(({ left }) => left)).size).toBe(300);
    let pairs = 0;
    for await (const batch of found.eachChanged()) pairs += batch.length;
    expect(pairs).toBe(500);
  });

  test('a file that goes away in the middle is a failure that names it', async () => {
    const { joined: found, files } = await joined(rows, rows.slice(3));
    await rm(files.left.path);
    const lost: unknown = await found.read('left', found.missing).catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(JoinLost);
    expect(lost).toMatchObject({ failure: { kind: 'not-found', what: files.left.path } });
  });

  test('of a pair that does not differ one record is read, and it tells both', async () => {
    const right = rows.map((row, at) => (at % 100 === 0 ? { ...row, stage: `${row.stage}?` } : row)).toReversed();
    const { joined: found, mapping } = await joined(rows, right);
    expect(found.counts.changed).toBe(15);
    const asked = { left: 0, right: 0 };
    const reading: Joined = {
      ...found,
      read: (side, addresses) => {
        asked[side] += addresses.length;
        return found.read(side, addresses);
      },
    };
    const { view, ranked } = await viewOfJoined(reading, mapping, told);
    // Those that differ once among the present ones and once among the changed ones.
    expect(asked).toEqual({ left: 1500 + 15, right: 15 + 15 });
    const unlike = view.present.filter(({ pair }) => pair.left.some((value, at) => value !== pair.right[at]));
    expect(unlike).toHaveLength(15);
    expect((await ranked).present).toHaveLength(1500);
  });

  test.each<[string, (at: number) => boolean, number]>([
    ['at random', (at) => (at * 7919) % 61 === 0, 0],
    ['in one stretch', (at) => at >= 600 && at < 650, 1],
  ])('the places of a large side are counted where they may tell something: missing %s', async (_, lacks, passes) => {
    const { joined: found, mapping } = await joined(
      rows,
      rows.filter((_row, at) => !lacks(at)),
    );
    const { file } = await found.places('left', found.missing, []);
    expect(found.missingRanks).toEqual(Array.from(file));
    let asked = 0;
    const large: Joined = {
      ...found,
      // As if the present records were a sample of so many that places are not told without need.
      counts: { ...found.counts, left: 2_000_000, matched: 1_000_000 },
      places: (...of) => {
        asked += 1;
        return found.places(...of);
      },
    };
    const { view, ranked } = await viewOfJoined(large, mapping, told);
    expect((await ranked).missing[0]?.ranks.file).toBe(passes === 0 ? undefined : 600);
    expect(asked).toBe(passes);
    // Where nothing came in, what is known of the view is not worked out twice.
    expect((await ranked) === view).toBe(passes === 0);
  });

  test('places are those of the plainest join', async () => {
    const { joined: found, files } = await joined(rows, rows.toReversed());
    const read = await readRecords(
      [files.left],
      found.present.map(({ left }) => left),
      never,
    );
    if (read.kind !== 'records') throw new Error(read.kind);
    const updated = Object.keys(rows[0] ?? {}).indexOf('updated_at');
    const { file, orders } = await found.places(
      'left',
      found.present.map(({ left }) => left),
      [0, updated],
    );
    const { records } = read;
    const ids = rows.map(({ id }) => id);
    expect([...Array.from(file)]).toEqual(records.map(([id]) => ids.indexOf(id)));
    expect([...Array.from(orders[0]?.rank ?? [])]).toEqual(records.map(([id]) => ids.indexOf(id)));
    const times = rows.map((row) => row.updated_at);
    expect([...Array.from(orders[1]?.tie ?? [])]).toEqual(
      records.map((values) => times.filter((time) => time === values[updated]).length),
    );
  });
});

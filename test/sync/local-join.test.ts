import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { seeded } from '../../fixtures/sync/contacts.ts';
import type { DelimitedFile } from '../../src/model/sync/source.ts';
import { readRecords } from '../../src/sync/engine/read.ts';
import { walkRecords } from '../../src/sync/engine/walk.ts';
import { joinLocally } from '../../src/sync/local-join.ts';
import { mapColumns } from '../../src/sync/mapping/map-columns.ts';
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
    { directory, seed: 1, sample, threads: 'inline' },
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
    const changedOf = async (one: typeof found) => {
      const pairs: string[] = [];
      for await (const batch of one.eachChanged()) for (const pair of batch) pairs.push(JSON.stringify(pair));
      return pairs.toSorted();
    };
    expect(await changedOf(found)).toEqual(await changedOf(plain));
  });

  test('a walk meets every record at the address by which it is read', async () => {
    const { joined: found, files } = await joined(rows, rows);
    const seen: { readonly values: readonly string[]; readonly address: number }[] = [];
    await found.eachRow('left', [14, 0], (values, address) => seen.push({ values, address }));
    expect(seen.map(({ values }) => values[1])).toEqual(rows.map(({ id }) => id));
    expect(seen.map(({ values }) => values[0])).toEqual(rows.map(({ notes }) => notes));
    const read = await readRecords(
      [files.left],
      seen.map(({ address }) => address),
      never,
      [0],
    );
    expect(read).toMatchObject({ kind: 'records', records: rows.map(({ id }) => [id]) });
  });

  test('a walk goes over records of any length and passes over what is none', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'crm-doctor-walk-'));
    made.push(directory);
    const path = join(directory, 'x.csv');
    const long = 'x'.repeat(3_000_000);
    await writeFile(path, `a,1\nb,"${long}\n"\nlonely\nc,3,4\n"d",4`);
    const seen: (readonly [string, number])[] = [];
    const file = { path, from: 0, delimiter: 44, quote: 34 };
    await walkRecords({ files: [file], fields: 2 }, [0, 1], ([a = '', b = '']) => seen.push([a, b.length]), never);
    expect(seen).toEqual([
      ['a', 1],
      ['b', 3_000_001],
      ['d', 1],
    ]);
    expect((await readFile(path)).length).toBeGreaterThan(3_000_000);
  });
});

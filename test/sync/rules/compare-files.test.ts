import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { FileSide, KeyRule, SyncConfig } from '../../../src/model/sync/subject.ts';
import { compareSources, mapSources } from '../../../src/sync/compare.ts';
import { fileSource } from '../../../src/sync/file.source.ts';
import { prepareSide } from '../../../src/sync/prepared.ts';
import { joinByRules } from '../../../src/sync/rules/join.ts';

const made: string[] = [];
afterEach(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true });
});

const { signal } = new AbortController();
const printable = (text: string, most = 300): string => text.slice(0, most);

const compared = async (
  texts: { readonly left: string; readonly right: string },
  more: Partial<SyncConfig> & { readonly rules?: readonly KeyRule[]; readonly zone?: string } = {},
) => {
  const directory = await mkdtemp(join(tmpdir(), 'crm-doctor-rules-'));
  made.push(directory);
  const sideOf = async (side: 'left' | 'right') => {
    const path = join(directory, `${side}.csv`);
    await writeFile(path, texts[side]);
    const config: FileSide = { kind: 'file', file: path, encoding: 'auto' };
    const reply = await fileSource.open(
      config,
      { printable, secret: () => undefined, directory: async () => directory },
      signal,
    );
    if (reply.kind !== 'opened') throw new Error(JSON.stringify(reply));
    return prepareSide(reply.source, { directory: async () => directory, signal });
  };
  const [left, right] = [await sideOf('left'), await sideOf('right')];
  const { rules = [], zone, ...rest } = more;
  const file: FileSide = { kind: 'file', file: '', encoding: 'auto' };
  const config: SyncConfig = {
    left: { ...file, ...(zone === undefined ? {} : { timeZone: zone }) },
    right: file,
    key: { left: ['id'], right: ['id'], rules },
    ignore: [],
    engine: { kind: 'local' },
    ...rest,
  };
  const sources = { left: left.source, right: right.source };
  const mapped = await mapSources({ config, ...sources }, signal);
  if (mapped.kind !== 'mapped') throw new Error(JSON.stringify(mapped));
  const { mapping } = mapped;
  const reply = await joinByRules(
    { left, right },
    mapping,
    config,
    { directory: await mkdtemp(join(directory, 'join-')), seed: 1, threads: 'inline' },
    signal,
  );
  if (reply.kind !== 'joined') throw new Error(JSON.stringify(reply));
  const { fact } = await compareSources({
    config,
    ...sources,
    causes: [],
    times: { now: 0, runs: [] },
    logged: [],
    mapping,
    joined: reply.joined,
    equalUnder: () => undefined,
    momentOf: () => undefined,
    printable,
    elapsed: () => 1,
  });
  return fact;
};

const left = [
  '\ufeffid,name,name,note',
  '1,a,x,"two\nlines, and ""quotes"""',
  '2,b,x,too,many',
  '3,c',
  ',no key,x,y',
  '"4",d,x,\r',
  '5,e,x,"stray"quote',
  '5,e,x,ok',
  '',
  '6,f,x,y',
  '6,f,x,y',
].join('\n');
const right = ['id,note,name', '1,"two\nlines, and ""quotes""",a', '4,,D', '5,ok,e', '6,y,f', ',y,no key'].join('\n');

describe('files with all kinds of faults', () => {
  test.each<[string, readonly KeyRule[]]>([
    ['as they are', []],
    ['read once more for key rules', ['trim', 'zeros']],
  ])('%s', async (_, rules) => {
    const fact = await compared({ left, right }, { rules });
    expect(fact.counts).toMatchObject({
      matched: 3,
      equal: 2,
      changed: 1,
      missing: 0,
      extra: 0,
      repeated: { left: { keys: 1, rows: 2 }, right: { keys: 0, rows: 0 } },
      rejected: { left: 4, right: 1 },
    });
    expect(fact.rejected.left.map(({ why }) => why).toSorted()).toEqual([
      'empty-key',
      'stray-quote',
      'too-few-fields',
      'too-many-fields',
    ]);
    expect(fact.rejected.right.map(({ why, row }) => [why, row])).toEqual([['empty-key', 5]]);
    expect(fact.fields.map(({ left: name, differ, examples }) => [name, differ, examples])).toEqual([
      ['id', 0, []],
      ['name', 1, [{ key: '4', left: 'd', right: 'D' }]],
      ['note', 0, []],
    ]);
    expect(fact.left.notes.map(({ id }) => id)).toEqual(expect.arrayContaining(['duplicate-header']));
    expect(fact.unmapped.left).toEqual(['name (2)']);
  });
});

describe('what the configuration holds for equal', () => {
  const fields = {
    amount: { as: 'amount', tolerance: { kind: 'number', most: 1 } },
    at: { as: 'timestamp', role: 'updated-at' },
  } as const;
  const one = 'id,amount,at\nA-01,100,2026-01-01 09:00:00\nA-02,200,2026-01-01 09:00:00\nA-03,1,2026-01-01 09:00:00\n';
  const other =
    'id,amount,at\na01,100.9,2026-01-01T00:00:00Z\na02,202,2026-01-01T00:00:00Z\na03,1,2026-01-01T09:00:00Z\n';

  test('is in no count, no column and no example', async () => {
    const fact = await compared(
      { left: one, right: other },
      { fields, rules: ['lower', 'letters-digits'], zone: 'Asia/Tokyo' },
    );
    expect(fact.counts).toMatchObject({ matched: 3, equal: 1, changed: 2, missing: 0, extra: 0 });
    expect(fact.fields.map(({ differ, examples }) => [differ, examples])).toEqual([
      [0, []],
      [1, [{ key: 'A-02', left: '200', right: '202' }]],
      [1, [{ key: 'A-03', left: '2026-01-01 09:00:00', right: '2026-01-01T09:00:00Z' }]],
    ]);
    const { underRule, explained, stale, conflict, unexplained } = fact.changed;
    expect(underRule + explained + stale + conflict + unexplained).toBe(2);
  });

  test('and without it is all told', async () => {
    const fact = await compared({ left: one, right: other });
    expect(fact.counts).toMatchObject({ matched: 0, missing: 3, extra: 3 });
  });
});

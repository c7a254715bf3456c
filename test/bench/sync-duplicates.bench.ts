import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ColumnType } from '../../src/model/sync/column.ts';
import { lineOf } from '../../src/sync/spool.ts';
import { generate } from '../sync/duplicates/generate.ts';
import type { Line } from './main.ts';
import { measure } from './measure.ts';
import type { Searched } from './sync-duplicates.child.ts';

const child = fileURLToPath(new URL('./sync-duplicates.child.mjs', import.meta.url));

type Columns = readonly (readonly [string, ColumnType])[];

interface Labelled {
  readonly columns: Columns;
  readonly rows: Iterable<readonly string[]>;
  /** Two keys of one person, the lower one first. */
  readonly truth: ReadonlySet<string>;
}

const ordered = (a: string, b: string): string => (a < b ? `${a},${b}` : `${b},${a}`);

const search = async (name: string, { columns, rows, truth }: Labelled) => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-bench-'));
  try {
    const file = join(directory, `${name}.csv`);
    const lines = [lineOf(columns.map(([column]) => column))];
    for (const row of rows) lines.push(lineOf(row));
    writeFileSync(file, lines.join(''));
    lines.length = 0;
    const words = [process.execPath, child, file, JSON.stringify(columns), directory] as const;
    const { wallMs, code, output } = await measure([...words]);
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${output.slice(0, 500)}`);
    const found: Searched = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    const pairs = readFileSync(found.found, 'utf8').trim().split('\n').filter(Boolean);
    const right = pairs.filter((pair) => truth.has(ordered(...(pair.split(',') as [string, string])))).length;
    return { ...found, wallMs, precision: right / Math.max(1, pairs.length), recall: right / truth.size };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const types: Readonly<Record<string, ColumnType>> = {
  ...{ name: 'name', kana: 'name', company: 'company', email: 'email', phone: 'phone', postcode: 'postcode' },
  ...{ address: 'address', created_at: 'timestamp' },
};

const ownSet = (count: number, seed: number): Labelled => {
  const { columns, rows, truth } = generate(count, seed);
  return {
    columns: columns.map((name) => [name, types[name] ?? 'id'] as const),
    rows,
    truth: new Set(truth.map(([a, b]) => ordered(a, b))),
  };
};

/** FEBRL's own names of columns; its numbers of persons are the truth, and looked at by nobody else. */
const febrlColumns: Columns = [
  ['rec_id', 'id'],
  ['given_name', 'name'],
  ['surname', 'name'],
  ['street_number', 'text'],
  ['address_1', 'address'],
  ['address_2', 'text'],
  ['suburb', 'text'],
  ['postcode', 'postcode'],
  ['state', 'text'],
  ['date_of_birth', 'date'],
  ['soc_sec_id', 'id'],
];

const febrlSet = (files: readonly string[]): Labelled => {
  const rows = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(', ')),
  );
  const persons = new Map<string, string[]>();
  for (const [id = ''] of rows) {
    const person = /^rec-(\d+)-/.exec(id)?.[1] ?? '';
    persons.set(person, [...(persons.get(person) ?? []), id]);
  }
  const truth = [...persons.values()].flatMap((ids) =>
    ids.flatMap((a, at) => ids.slice(at + 1).map((b) => ordered(a, b))),
  );
  return { columns: febrlColumns, rows, truth: new Set(truth) };
};

const two = (value: number): string => value.toFixed(4);

/** The search on a million made contacts; with `--corpus DIR` on FEBRL's sets as well (dataset1.csv … dataset4b.csv). */
export const syncDuplicates = async (corpus: string | undefined): Promise<readonly Line[]> => {
  const own = await search('own', ownSet(1_000_000, 1));
  const seconds = own.wallMs / 1000;
  const note = `precision ${two(own.precision)}, recall ${two(own.recall)}, ${own.pairs} pairs, ${(own.cpuMs / 1000).toFixed(1)} s CPU, ${own.peakMiB.toFixed(0)} MiB`;
  const lines: Line[] = [
    { name: 'duplicates among 1,000,000: wrong share of the pairs', value: 1 - own.precision, limit: 0.03, note },
    { name: 'duplicates among 1,000,000: share not found', value: 1 - own.recall, limit: 0.03, note: '' },
    { name: 'duplicates among 1,000,000: seconds', value: seconds, limit: 60, note: '' },
    { name: 'duplicates among 1,000,000: peak MiB', value: own.peakMiB, limit: 512, note: '' },
  ];
  const sets = corpus === undefined ? [] : [['1'], ['2'], ['3'], ['4a', '4b']];
  for (const names of sets) {
    const files = names.map((name) => join(corpus ?? '', `dataset${name}.csv`));
    if (!files.every((file) => existsSync(file))) throw new Error(`${files.join(', ')} are not there`);
    const { precision, recall, pairs, wallMs } = await search('febrl', febrlSet(files));
    const told = `precision ${two(precision)}, ${pairs} pairs, ${(wallMs / 1000).toFixed(1)} s`;
    // Somebody else's data: a figure to know, and no promise.
    lines.push({ name: `FEBRL ${names.join('+')}: share not found`, value: 1 - recall, limit: 1, note: told });
  }
  return lines;
};

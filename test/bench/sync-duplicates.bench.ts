import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ColumnType } from '../../src/model/sync/column.ts';
import { lineOf } from '../../src/sync/spool.ts';
import { type Generated, generate } from '../sync/duplicates/generate.ts';
import { generatePersons } from '../sync/duplicates/generate-persons.ts';
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
    const [precision, recall] = [right / Math.max(1, pairs.length), right / truth.size];
    const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { ...found, wallMs, precision, recall, f1 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const types: Readonly<Record<string, ColumnType>> = {
  ...{ name: 'name', kana: 'name', company: 'company', email: 'email', phone: 'phone', postcode: 'postcode' },
  ...{ address: 'address', created_at: 'timestamp' },
};

const personTypes: Readonly<Record<string, ColumnType>> = {
  ...{ 姓: 'name', 名: 'name', セイ: 'name', メイ: 'name', 生年月日: 'date', 番地: 'address', 市区町村: 'text' },
  ...{ 都道府県: 'text', 郵便番号: 'postcode', 被保険者番号: 'id' },
};

const ownSet = ({ columns, rows, truth }: Generated): Labelled => ({
  columns: columns.map((name) => [name, types[name] ?? personTypes[name] ?? 'id'] as const),
  rows,
  truth: new Set(truth.map(([a, b]) => ordered(a, b))),
});

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

const febrlSet = (files: readonly string[], without?: string): Labelled => {
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
  const kept = febrlColumns.flatMap(([name], at) => (name === without ? [] : [at]));
  const some = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, at) => kept.includes(at));
  return { columns: some(febrlColumns), rows: rows.map(some), truth: new Set(truth) };
};

const two = (value: number): string => value.toFixed(4);

const ownLines = async (what: string, set: Labelled): Promise<readonly Line[]> => {
  const own = await search('own', set);
  const note = `precision ${two(own.precision)}, recall ${two(own.recall)}, ${own.pairs} pairs, ${(own.cpuMs / 1000).toFixed(1)} s CPU, ${own.peakMiB.toFixed(0)} MiB`;
  return [
    { name: `duplicates among ${what}: wrong share of the pairs`, value: 1 - own.precision, limit: 0.03, note },
    { name: `duplicates among ${what}: share not found`, value: 1 - own.recall, limit: 0.03, note: '' },
    { name: `duplicates among ${what}: seconds`, value: own.wallMs / 1000, limit: 60, note: '' },
    { name: `duplicates among ${what}: peak MiB`, value: own.peakMiB, limit: 480, note: '' },
  ];
};

const febrlLines = async (directory: string): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for (const names of [['1'], ['2'], ['3'], ['4a', '4b']]) {
    const files = names.map((name) => join(directory, `dataset${name}.csv`));
    if (!files.every((file) => existsSync(file))) throw new Error(`${files.join(', ')} are not there`);
    for (const without of [undefined, 'soc_sec_id']) {
      const { precision, recall, f1, pairs, cpuMs } = await search('febrl', febrlSet(files, without));
      const told = `precision ${two(precision)}, recall ${two(recall)}, F1 ${two(f1)}, ${pairs} pairs, ${(cpuMs / 1000).toFixed(1)} s CPU`;
      const name = `FEBRL ${names.join('+')}${without === undefined ? '' : ` without ${without}`}: 1 - F1`;
      lines.push({ name, value: 1 - f1, limit: 0.03, note: told });
    }
  }
  return lines;
};

/** The search on a million made contacts and on a million private persons; with `--febrl DIR` on FEBRL's sets as well. */
export const syncDuplicates = async (febrl: string | undefined): Promise<readonly Line[]> => [
  ...(febrl === undefined ? [] : await febrlLines(febrl)),
  ...(await ownLines('1,000,000 contacts', ownSet(generate(1_000_000, 1)))),
  ...(await ownLines('1,000,000 private persons', ownSet(generatePersons('ja', 1_000_000, 1)))),
];

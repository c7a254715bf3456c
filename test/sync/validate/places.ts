import { expect } from '@jest/globals';
import type { ComparedColumn } from '../../../src/model/sync/column.ts';
import type { RowBatch } from '../../../src/model/sync/source.ts';
import { screenOf } from '../../../src/sync/patch/fits.ts';
import { askedOf } from '../../../src/sync/validate/asked.ts';
import { validate } from '../../../src/sync/validate/validate.ts';
import { opened, rowsOf } from '../databases/reading.ts';
import { databaseSide } from '../patch/sides.ts';

/** A table whose records have to be unlike each other, and refer to others. */
export const placeTables = (more: { readonly text: string; readonly end: string }): string => `
  CREATE TABLE owners (id int PRIMARY KEY, code ${more.text} UNIQUE)${more.end};
  INSERT INTO owners VALUES (1, 'a'), (2, 'b');
  CREATE TABLE people (id int PRIMARY KEY, email ${more.text} UNIQUE, owner int REFERENCES owners (id), area ${more.text}, n int,
    chief int REFERENCES people (id), code ${more.text} REFERENCES owners (code), hidden int, CONSTRAINT area_n UNIQUE (area, n),
    CONSTRAINT in_part UNIQUE (hidden, n))${more.end};
  INSERT INTO people VALUES (1, 'one@x', 1, 'east', 1, NULL, 'a', 1), (2, 'two@x', 2, 'east', 2, 1, 'b', 2), (3, 'three@x', NULL, 'west', 1, NULL, NULL, 3);
`;

const names = ['id', 'email', 'owner', 'area', 'n', 'chief', 'code'];

/** What would be written into it, and why it would be refused. */
const coming: readonly (readonly [...string[]])[] = [
  // As it is.
  ['1', 'one@x', '1', 'east', '1', '', 'a'],
  // What another record gives up is free.
  ['2', 'new@x', '2', 'east', '2', '1', 'b'],
  ['10', 'two@x', '', '', '', '', ''],
  // Of 3, which stays as it is not among these.
  ['11', 'three@x', '', '', '', '', ''],
  ['12', '', '', 'west', '1', '', ''],
  // The second one of both.
  ['13', 'both@x', '', '', '', '', ''],
  ['14', 'both@x', '', '', '', '', ''],
  ['15', '', '7', '', '', '', ''],
  ['16', '', '02', 'east', '3', '99', ''],
  // Of one that comes along.
  ['17', '', '', '', '', '10', 'c'],
];

const columnsOf = (table: Awaited<ReturnType<typeof opened>>): readonly ComparedColumn[] =>
  names.map((name, at) => ({
    at,
    left: name,
    right: name,
    type: 'text',
    typeFrom: 'none',
    key: at === 0,
    leftSource: { name },
    rightSource: table.facts.columns.find((column) => column.name === name) ?? { name },
  }));

const refusals = { unique: ['11', '12', '14'], reference: ['15', '16', '17'] };

/** Who is refused, by looking values up and by the records of the target itself; the same with what a patch would write. */
export const expectPlaces = async (url: string): Promise<void> => {
  const table = await opened(url, { table: 'people' });
  const columns = columnsOf(table);
  const { lookUp, facts } = table;
  const there = (await rowsOf(table)).map((row) =>
    names.map((name) => row[facts.columns.findIndex((column) => column.name === name)] ?? ''),
  );
  const of = (rows: readonly (readonly string[])[]) =>
    async function* (): AsyncGenerator<RowBatch> {
      yield { kind: 'rows', rows: rows.slice(0, 4) };
      yield { kind: 'rows', rows: rows.slice(4) };
    };
  const positions = names.map((_, at) => at);
  const signal = new AbortController().signal;
  for (const rows of [undefined, of(there)]) {
    const target = { facts, ...(lookUp ? { lookUp } : {}), ...(rows ? { rows } : {}) };
    const both = { left: positions, right: positions };
    const own = {
      side: 'left',
      columns,
      positions: both,
      rows: of(coming),
      target,
      keyForm: (key: string) => key,
    } as const;
    const asked = await askedOf(own, signal);
    const said = await validate({ side: 'left', rows: of(coming), positions, ...asked }, columns, signal);
    const told = Object.keys(refusals).map((rule) => [
      rule,
      said.problems
        .filter((one) => one.rule === rule)
        .flatMap(({ examples }) => examples.map(({ key }) => key))
        .toSorted(),
    ]);
    expect(Object.fromEntries(told)).toEqual(refusals);
    expect(said.notChecked).toEqual([expect.objectContaining({ why: 'other-column' })]);
    expect((await askedOf({ ...own, isSample: true }, signal)).notChecked.map(({ why }) => why)).toContain('sample');
  }
  const side = { config: databaseSide, facts };
  const screen = screenOf({ columns, left: side, right: { ...side, ...(lookUp ? { lookUp } : {}) } }, signal);
  const written = coming.slice(2).map((values) => ({
    kind: 'insert' as const,
    side: 'right' as const,
    key: [],
    values: columns.map((column) => ({ column, value: values[column.at] ?? '' })),
    cause: 'sync.page-lost',
  }));
  const taken = await screen(written);
  expect(written.flatMap(({ values }, at) => (taken[at] ? [values[0]?.value] : []))).toEqual(['13']);
  // What gave no answer is told by name, since nothing was held against it.
  const silent = new Set<string>();
  const mute = async () => ({ kind: 'no-answer', says: 'gone' }) as const;
  await screenOf({ columns, left: side, right: { ...side, lookUp: mute } }, signal, (one) => silent.add(one))(written);
  expect(silent.size).toBeGreaterThanOrEqual(2);
  // Nothing that was looked up in vain has taken the snapshot with it.
  expect(await rowsOf(table)).toHaveLength(3);
  await table.close();
};

import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceColumn } from '../../model/sync/column.ts';
import type { DelimitedFile, SourceFailure, SourceRow } from '../../model/sync/source.ts';
import type { Text } from '../../model/text.ts';
import { selectOf } from '../databases/reading.ts';
import { failureOf } from '../engine/failure.ts';
import { newSampler, rankOf } from '../engine/sample.ts';
import type { Joined } from '../joined.ts';
import { joinLocally } from '../local-join.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { lineOf } from '../spool.ts';
import { coarseOf, finer, sampleRows } from './levels.ts';
import type { PushedTable } from './pushed.ts';

type Side = 'left' | 'right';
const both = ['left', 'right'] as const;

export type PushReply =
  | { readonly kind: 'pushed'; readonly joined: Joined }
  /** Nothing of it can be done there, or nothing is won by it; both sides have to be read. */
  | { readonly kind: 'not-suited'; readonly why: Text; readonly mostDiffer?: true }
  | { readonly kind: 'failed'; readonly side: Side; readonly failure: SourceFailure }
  | { readonly kind: 'stopped' };

/** More numbers than this in one list make a statement that a server may refuse. */
const listed = 5000;
/** Where more of the buckets differ than this, most of the rows have to come over anyway. */
const mostDiffering = 0.4;

const notSuited = (en: string, ja: string): PushReply & { readonly kind: 'not-suited' } => ({
  kind: 'not-suited',
  why: { en, ja },
});

/**
 * What a side is asked, where the names that we give stand beside those of its columns: ClickHouse takes a name that is given in a
 * statement for what it names there, also where a column is called like that.
 */
const given = { key: 'crm_doctor_k', hash: 'crm_doctor_h', rows: 'crm_doctor_n', empty: 'crm_doctor_e' } as const;

/** What a side is asked: key and row as hashes, by the expressions of its own dialect. */
interface Hashed {
  readonly table: PushedTable;
  readonly keyHash: string;
  /** `SELECT ${given.key}, ${given.hash} FROM …` in brackets, with a name. */
  readonly rows: string;
  /** Whether no part of a key is filled in. */
  readonly blank: string;
}

const hashedOf = (table: PushedTable, mapping: ColumnMapping, side: Side): Hashed | undefined => {
  const { dialect, columns, from, where } = table;
  const textAt = (at: number): string | undefined => {
    const column = columns[mapping.positions[side][at] ?? -1];
    return column && dialect.canonicalExpression(column);
  };
  const keys: string[] = [];
  const texts: string[] = [];
  for (const { at, key } of mapping.columns) {
    const text = textAt(at);
    if (text === undefined) return undefined;
    texts.push(text);
    if (key) keys.push(text);
  }
  const keyHash = dialect.hashExpression(dialect.joinedExpression(keys));
  const rowHash = dialect.hashExpression(dialect.joinedExpression(texts));
  return {
    table,
    keyHash,
    rows: `(SELECT ${keyHash} AS ${given.key}, ${rowHash} AS ${given.hash} FROM ${from}${where.sql}) AS hashed`,
    blank: keys.map((key) => `(${key}) = ''`).join(' AND '),
  };
};

class Broken extends Error {
  readonly side: Side;
  readonly failure: SourceFailure;
  constructor(side: Side, failure: SourceFailure) {
    super(failure.kind);
    this.side = side;
    this.failure = failure;
  }
}

const number = (name: string): SourceColumn => ({ name, declared: 'bigint' });

interface Bucket {
  readonly rows: string;
  readonly sum: string;
}

const inChunks = <Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, at) => items.slice(at * most, (at + 1) * most));

/** So many of the numbers below `count`, the same at each run. */
const sampleOf = (count: number, most: number, seed: number): readonly number[] => {
  const sampler = newSampler<number>(most);
  for (let at = 0; at < count; at += 1) {
    const rank = rankOf(seed, at, 0);
    if (sampler.takes(rank)) sampler.add(rank, at);
  }
  return sampler.taken().map(({ item }) => item);
};

/**
 * Finds what differs between two tables without reading them: checksums of buckets of keys are held against each other, then those of
 * finer buckets within the unequal ones, then the hashes of single rows; only rows that differ, and a sample of the others, come over.
 * Exact but for chance: two different rows of one key are taken for equal with a probability of 2^-60.
 */
export const findByChecksums = async (
  tables: Readonly<Record<Side, PushedTable>>,
  mapping: ColumnMapping,
  {
    directory,
    seed,
    passed = () => {},
  }: {
    readonly directory: string;
    readonly seed: number;
    /** Another question was answered by both sides; so many bytes have come over. */
    readonly passed?: (bytes: number) => void;
  },
  signal: AbortSignal,
): Promise<PushReply> => {
  const hashed = { left: hashedOf(tables.left, mapping, 'left'), right: hashedOf(tables.right, mapping, 'right') };
  const { left, right } = hashed;
  if (!left || !right) {
    return notSuited(
      'a column has values whose text only this program can write',
      '値の文字列表現をデータベース側で作れない列があります',
    );
  }
  const sides = { left, right };
  let transferred = 0;

  /** The answer as it comes: its rows may be megabytes long. */
  const answer = async function* (
    side: Side,
    sql: string,
    columns: readonly SourceColumn[],
  ): AsyncGenerator<readonly SourceRow[]> {
    const { table } = sides[side];
    let after = 0;
    try {
      for await (const batch of table.read({ sql, values: table.where.values, columns }, signal)) {
        after += batch.length;
        for (const row of batch) for (const value of row) transferred += Buffer.byteLength(value);
        yield batch;
      }
    } catch (error) {
      if (signal.aborted) throw error;
      throw new Broken(side, table.explained(error, after));
    }
  };
  /** An answer of numbers; of each question there are not more than some hundred thousand. */
  const ask = async (side: Side, sql: string, columns: readonly SourceColumn[]): Promise<readonly SourceRow[]> => {
    const rows: SourceRow[] = [];
    for await (const batch of answer(side, sql, columns)) for (const row of batch) rows.push(row);
    return rows;
  };
  const askBoth = async (sqlOf: (side: Side) => string, columns: readonly SourceColumn[]) => {
    const [ours, theirs] = await Promise.all(both.map((side) => ask(side, sqlOf(side), columns)));
    passed(transferred);
    return { left: ours ?? [], right: theirs ?? [] };
  };
  const bucketIn = (side: Side, buckets: number): string =>
    sides[side].table.dialect.bucketExpression(given.key, buckets);

  /** The buckets whose checksums differ, out of those of a coarser level. */
  const unequal = async (
    buckets: number,
    within?: { readonly buckets: number; readonly of: readonly number[] },
  ): Promise<readonly number[]> => {
    const found: number[] = [];
    const parts = within ? inChunks(within.of, listed) : [undefined];
    for (const part of parts) {
      const answers = await askBoth(
        (side) => {
          const sum = sides[side].table.dialect.sumExpression(given.hash);
          const only = within && part ? ` WHERE ${bucketIn(side, within.buckets)} IN (${part.join(', ')})` : '';
          return `SELECT ${bucketIn(side, buckets)} AS b, count(*) AS n, ${sum} AS s FROM ${sides[side].rows}${only} GROUP BY b`;
        },
        [number('b'), number('n'), { name: 's', declared: 'text' }],
      );
      const known = new Map(
        answers.left.map(([bucket = '', rows = '', sum = '']): [string, Bucket] => [bucket, { rows, sum }]),
      );
      for (const [bucket = '', rows = '', sum = ''] of answers.right) {
        const ours = known.get(bucket);
        known.delete(bucket);
        if (ours?.rows !== rows || ours.sum !== sum) found.push(Number(bucket));
      }
      for (const bucket of known.keys()) found.push(Number(bucket));
    }
    return found;
  };

  try {
    const counted = await askBoth(
      (side) =>
        `SELECT count(*) AS ${given.rows}, coalesce(sum(CASE WHEN ${sides[side].blank} THEN 1 ELSE 0 END), 0) AS ${given.empty} FROM ${sides[side].table.from}${sides[side].table.where.sql}`,
      [number(given.rows), number(given.empty)],
    );
    const rowsOf = (side: Side): number => Number(counted[side][0]?.[0] ?? 0);
    if (both.some((side) => Number(counted[side][0]?.[1] ?? 0) > 0))
      return notSuited('some keys are empty', '空のキーがあります');
    const repeated = await askBoth(
      (side) =>
        `SELECT count(*) AS n FROM (SELECT count(*) AS c FROM ${sides[side].rows} GROUP BY ${given.key} HAVING count(*) > 1) AS twice`,
      [number('n')],
    );
    if (both.some((side) => Number(repeated[side][0]?.[0] ?? 0) > 0))
      return notSuited('a key occurs more than once', '重複したキーがあります');

    const most = Math.max(rowsOf('left'), rowsOf('right'));
    const coarse = coarseOf(most);
    const fine = coarse * finer;
    const differing = await unequal(coarse);
    const unequalFine = differing.length === 0 ? [] : await unequal(fine, { buckets: coarse, of: differing });
    if (most > 10_000 && unequalFine.length > mostDiffering * fine)
      return { ...notSuited('most of the rows differ', 'ほとんどの行に差異があります'), mostDiffer: true };

    const differs = new Set<string>();
    for (const part of inChunks(unequalFine, listed)) {
      const answers = await askBoth(
        (side) =>
          `SELECT ${given.key}, ${given.hash} FROM ${sides[side].rows} WHERE ${bucketIn(side, fine)} IN (${part.join(', ')})`,
        [number(given.key), number(given.hash)],
      );
      const ours = new Map(answers.left.map(([key = '', hash = '']) => [key, hash]));
      for (const [key = '', hash = ''] of answers.right) {
        if (ours.get(key) !== hash) differs.add(key);
        ours.delete(key);
      }
      for (const key of ours.keys()) differs.add(key);
    }

    const sampled = sampleOf(fine, Math.max(1, Math.ceil((sampleRows * fine) / Math.max(1, most))), seed);
    const spooled = await Promise.all(
      both.map(async (side) => {
        const { table, keyHash } = sides[side];
        const bucket = table.dialect.bucketExpression(keyHash, fine);
        const all = selectOf(table.columns, table.from, table.dialect);
        const where = (condition: string): string =>
          `${all}${table.where.sql === '' ? ' WHERE ' : `${table.where.sql} AND `}${condition}`;
        const inSample = `${bucket} IN (${sampled.join(', ')})`;
        const path = join(directory, `checksums-${side}-${randomUUID()}.csv`);
        const header = lineOf(table.columns.map(({ name }) => name));
        const handle = await open(path, 'wx', 0o600);
        let boundary = Buffer.byteLength(header);
        try {
          await handle.writeFile(header);
          const write = async (condition: string): Promise<number> => {
            let bytes = 0;
            for await (const batch of answer(side, where(condition), table.columns)) {
              const text = batch.map(lineOf).join('');
              await handle.writeFile(text);
              bytes += Buffer.byteLength(text);
            }
            return bytes;
          };
          boundary += await write(inSample);
          for (const part of inChunks([...differs], listed))
            await write(`(${keyHash} IN (${part.join(', ')}) AND NOT (${inSample}))`);
        } finally {
          await handle.close();
        }
        const file: DelimitedFile = { path, from: Buffer.byteLength(header), delimiter: 0x2c, quote: 0x22 };
        return { side, file, boundary };
      }),
    );
    const [ours, theirs] = spooled;
    if (!ours || !theirs) return { kind: 'stopped' };
    const reply = await joinLocally(
      {
        left: { files: [ours.file], fields: left.table.columns.length },
        right: { files: [theirs.file], fields: right.table.columns.length },
      },
      mapping,
      { directory, seed, threads: 'inline', keepAlone: true },
      signal,
    );
    if (reply.kind === 'stopped') return { kind: 'stopped' };
    if (reply.kind === 'failed') return { kind: 'failed', side: 'left', failure: reply.failure };
    const { joined } = reply;
    const { missing, extra, changed } = joined.counts;
    const matched = rowsOf('left') - missing;
    return {
      kind: 'pushed',
      joined: {
        ...joined,
        counts: {
          ...joined.counts,
          left: rowsOf('left'),
          right: rowsOf('right'),
          matched,
          equal: matched - changed,
          extra,
        },
        // Rows that came over because they differ stand for themselves alone.
        present: joined.present.filter((pair) => pair.left < ours.boundary),
        // Where a row stands among all of its side, nobody has counted.
        places: async (_side, addresses) => ({ file: addresses.map(() => -1), orders: [] }),
        work: { engine: 'checksums', transferredBytes: transferred },
      },
    };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    if (error instanceof Broken) return { kind: 'failed', side: error.side, failure: error.failure };
    return { kind: 'failed', side: 'left', failure: failureOf(error, directory) };
  }
};

import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../../model/sync/side.ts';
import type { DelimitedFile } from '../../model/sync/source.ts';
import { selectOf } from '../databases/reading.ts';
import { newSampler, rankOf } from '../engine/sample.ts';
import type { Joined } from '../joined.ts';
import { joinLocally, type LocalJoin } from '../local-join.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { lineOf } from '../spool.ts';
import { type Asking, inChunks, listed } from './asking.ts';
import type { Hashed } from './hashed.ts';
import { unknownPlaces } from './places.ts';

/** Which rows come over, by the hashes of their keys. */
export interface Chosen {
  /** Those in these of so many buckets stand for all. */
  readonly sampled: readonly number[];
  readonly buckets: number;
  /** And these. */
  readonly keys: ReadonlySet<string>;
}

/** So many of the buckets below `count`, the same at each run. */
export const sampleOf = (count: number, most: number, seed: number): readonly number[] => {
  const sampler = newSampler<number>(most);
  for (let at = 0; at < count; at += 1) {
    const rank = rankOf(seed, at, 0);
    if (sampler.takes(rank)) sampler.add(rank, at);
  }
  return sampler.taken().map(({ item }) => item);
};

interface Spooled {
  readonly file: DelimitedFile;
  /** Where the rows of the sample end. */
  readonly boundary: number;
}

const spooled = async (
  side: Side,
  { table, keyHash }: Hashed,
  { sampled, buckets, keys }: Chosen,
  { asking: { answer }, directory }: { readonly asking: Asking; readonly directory: string },
): Promise<Spooled> => {
  const all = selectOf(table.columns, table.from, table.dialect);
  const where = (condition: string): string =>
    `${all}${table.where.sql === '' ? ' WHERE ' : `${table.where.sql} AND `}${condition}`;
  const inSample = `${table.dialect.bucketExpression(keyHash, buckets)} IN (${sampled.join(', ')})`;
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
    for (const part of inChunks([...keys], listed))
      await write(`(${keyHash} IN (${part.join(', ')}) AND NOT (${inSample}))`);
  } finally {
    await handle.close();
  }
  return { file: { path, from: Buffer.byteLength(header), delimiter: 0x2c, quote: 0x22 }, boundary };
};

/**
 * Fetches these rows of both sides and joins them here. The counts are of what came over; where a row stands among all of its side,
 * nobody has counted.
 */
export const bringOver = async (
  hashed: Readonly<Record<Side, Hashed>>,
  mapping: ColumnMapping,
  chosen: Chosen,
  { asking, directory, seed }: { readonly asking: Asking; readonly directory: string; readonly seed: number },
  signal: AbortSignal,
): Promise<{ readonly kind: 'joined'; readonly joined: Joined } | Exclude<LocalJoin, { readonly kind: 'joined' }>> => {
  const { left, right } = await asking.together((side) => spooled(side, hashed[side], chosen, { asking, directory }));
  const fieldsOf = (side: Side): number => hashed[side].table.columns.length;
  const reply = await joinLocally(
    {
      left: { files: [left.file], fields: fieldsOf('left') },
      right: { files: [right.file], fields: fieldsOf('right') },
    },
    mapping,
    { directory, seed, threads: 'inline', keepAlone: true },
    signal,
  );
  if (reply.kind !== 'joined') return reply;
  const { joined } = reply;
  return {
    kind: 'joined',
    joined: {
      ...joined,
      // Rows that came over because they differ stand for themselves alone.
      present: joined.present.filter((pair) => pair.left < left.boundary),
      // They have no order of their own here, and a sample tells no places.
      missingRanks: [],
      places: async (_side, addresses) => unknownPlaces(addresses.length),
    },
  };
};

import { createHash } from 'node:crypto';
import { UsageError } from '../command.ts';

/** One part of a list that several jobs share; `index` from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

const mostShards = 1_000;

/**
 * `2/8` is the second of eight. An index that begins at 0, as that of a Kubernetes job does, would be ambiguous (is `1/8` the
 * first or the second?), so it is written `index:1/8`.
 */
export const shardIn = (word: string): Shard => {
  const parts = /^(?:(index):)?(\d{1,5})\/(\d{1,5})$/i.exec(word.trim());
  const of = Number(parts?.[3] ?? 0);
  const written = Number(parts?.[2] ?? -1);
  const fromZero = parts?.[1] !== undefined;
  const index = fromZero ? written + 1 : written;
  if (!parts || of < 1 || of > mostShards || index < 1 || index > of) {
    throw new UsageError({
      en: `--shard ${JSON.stringify(word)} is none: write the part and the number of parts, 1/8 to 8/8, or with an index that begins at 0 (Kubernetes, Nomad) index:0/8 to index:7/8`,
      ja: `--shard ${JSON.stringify(word)} は使えません。何番目かと全体の数を 1/8～8/8 のように、0 から数える番号（Kubernetes など）なら index:0/8～index:7/8 のように書いてください`,
    });
  }
  return { index, of };
};

/**
 * Which part an address belongs to: rendezvous hashing. Each part draws a number for the address, the highest wins; so an
 * address stays where it is when others come or go, and only one in n moves when a part is added.
 */
export const shardOf = (address: string, of: number): number => {
  const key = address.normalize('NFC').toLowerCase();
  let [best, most] = [1, -1];
  for (let index = 1; index <= of; index += 1) {
    const drawn = createHash('sha256').update(`${key}\n${index}`).digest().readUIntBE(0, 6);
    if (drawn > most) [best, most] = [index, drawn];
  }
  return best;
};

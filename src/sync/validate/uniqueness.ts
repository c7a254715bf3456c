import type { RowBatch } from '../../model/sync/source.ts';
import { longHash } from '../duplicates/alone.ts';
import { alikeText } from './alike.ts';
import type { UniqueConstraint } from './constraints.ts';
import { HashMap } from './hash-map.ts';
import type { RecordRule } from './record-rules.ts';

type RecordOf = (at: number) => string;

/** Records one by one, each told by the position of its compared columns. */
export type Records = () => AsyncIterable<readonly RecordOf[]>;

/** More values of one constraint are not kept: up to 64 bytes each. */
const mostValues = 4_000_000;

export interface Uniqueness {
  /** The records that would be written. */
  readonly own: Records;
  /** Records of the target, at least those that hold a value that one of `own` has. */
  readonly held: Records;
  /** One text for the key of a record, the same on both sides. */
  readonly keyOf: (record: RecordOf) => string;
}

/**
 * Which records would be refused because another one has their value: one that the target keeps under another key, or one that comes
 * before it. A value that the sync itself takes away from its holder is free. `too-many`: nothing is told. By hashes of 53 bits.
 */
export const uniqueRule = async (
  { ats, alike, constraint }: UniqueConstraint,
  { own, held, keyOf }: Uniqueness,
): Promise<RecordRule | 'too-many'> => {
  const hashIn = (record: RecordOf): number | undefined => {
    const text = alikeText(ats.map(record), alike);
    return text === undefined ? undefined : longHash(text);
  };
  /** By value, the key of the record that may have it. */
  const owners = new HashMap();
  for await (const records of own())
    for (const record of records) {
      const value = hashIn(record);
      if (value === undefined || owners.get(value) !== undefined) continue;
      if (owners.size >= mostValues) return 'too-many';
      owners.set(value, longHash(keyOf(record)));
    }
  const holders = new Map<number, number>();
  for await (const records of held())
    for (const record of records) {
      const value = hashIn(record);
      const owner = value === undefined ? undefined : owners.get(value);
      if (value === undefined || owner === undefined) continue;
      const key = longHash(keyOf(record));
      if (key !== owner) holders.set(value, key);
    }
  if (holders.size > 0) {
    const keys = new Map([...holders].map(([value, key]) => [key, value]));
    for await (const records of own())
      for (const record of records) {
        const value = keys.get(longHash(keyOf(record)));
        if (value !== undefined && hashIn(record) !== value) holders.delete(value);
      }
  }
  for (const [value, key] of holders) owners.set(value, key);
  return {
    ats,
    rule: 'unique',
    asks: 'a value that no other record has',
    constraint,
    refuses: (record) => {
      const value = hashIn(record);
      return value !== undefined && owners.get(value) !== longHash(keyOf(record));
    },
  };
};

/** The records of a side as they are read. */
export const recordsOf = (
  rows: (wanted: readonly number[]) => AsyncIterable<RowBatch>,
  positions: readonly number[],
  ats: readonly number[],
): Records =>
  async function* () {
    const wanted = ats.map((at) => positions[at] ?? -1).filter((position) => position >= 0);
    for await (const batch of rows(wanted)) {
      if (batch.kind === 'failed') return;
      if (batch.kind === 'rows') yield batch.rows.map((row) => (at: number) => row[positions[at] ?? -1] ?? '');
    }
  };

import type { DelimitedFile } from '../model/sync/source.ts';
import type { RowPair } from '../model/sync/view.ts';
import { eachChanged } from './engine/changed.ts';
import { compareFiles } from './engine/compare.ts';
import { readRecords } from './engine/read.ts';
import type { CompareSide, CompareSpec, Place } from './engine/types.ts';
import { walkRecords } from './engine/walk.ts';
import type { Joined } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';

/** A side as files that can be scanned, with how many fields a record has. */
export interface ScannedSide {
  readonly files: readonly DelimitedFile[];
  readonly fields: number;
}

export type LocalJoin =
  | { readonly kind: 'joined'; readonly joined: Joined }
  | Exclude<Awaited<ReturnType<typeof compareFiles>>, { readonly kind: 'compared' }>;

/** A temporary file or a source went away in the middle: what was counted would be wrong. */
export class JoinLost extends Error {
  readonly reason: object;
  constructor(reason: object) {
    super('the records could not be read again');
    this.name = 'JoinLost';
    this.reason = reason;
  }
}

const addressOf = ({ address }: Place): number => address;

/** Joins two sides on this machine, in memory that does not grow with them. */
export const joinLocally = async (
  sides: { readonly left: ScannedSide; readonly right: ScannedSide },
  mapping: ColumnMapping,
  options: Pick<CompareSpec, 'directory' | 'seed' | 'sample' | 'threads' | 'worker' | 'progress'>,
  signal: AbortSignal,
): Promise<LocalJoin> => {
  const sideOf = (side: 'left' | 'right'): CompareSide => ({
    ...sides[side],
    key: mapping.columns.filter(({ key }) => key).flatMap(({ at }) => mapping.positions[side][at] ?? []),
    columns: mapping.positions[side],
  });
  const spec: CompareSpec = { left: sideOf('left'), right: sideOf('right'), ...options };
  const reply = await compareFiles(spec, signal);
  if (reply.kind !== 'compared') return reply;
  const { counts, differing, rejected, failures, temporaryBytes } = reply;
  const pairOf = ({ left, right }: { readonly left: Place; readonly right: Place }) => ({
    left: left.address,
    right: right.address,
  });
  const cut = (['left', 'right'] as const).flatMap((side) => {
    const failure = failures[side];
    return failure ? [{ side, failure }] : [];
  })[0];
  return {
    kind: 'joined',
    joined: {
      counts,
      differing,
      pairs: reply.changed.map(pairOf),
      present: reply.present.map(pairOf),
      missing: reply.missing.map(addressOf),
      extra: reply.extra.map(addressOf),
      repeated: {
        left: reply.repeated.left.map((group) => group.map(addressOf)),
        right: reply.repeated.right.map((group) => group.map(addressOf)),
      },
      rejected,
      ...(cut ? { cut } : {}),
      temporaryBytes,
      read: async (side, addresses) => {
        const read = await readRecords(spec[side].files, addresses, signal);
        if (read.kind !== 'records') throw new JoinLost(read);
        return read.records;
      },
      eachChanged: async function* (): AsyncGenerator<readonly RowPair[]> {
        for await (const batch of eachChanged(reply, spec, signal)) {
          if (batch.kind === 'failed') throw new JoinLost(batch);
          yield batch.pairs;
        }
      },
      eachRow: async (side, positions, visit) => {
        const failure = await walkRecords(spec[side], positions, visit, signal);
        if (failure) throw new JoinLost(failure);
      },
    },
  };
};

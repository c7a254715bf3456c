import { closeSync, openSync, readSync } from 'node:fs';
import { spread } from '../model/spread.ts';
import type { DelimitedFile, SourceFailure, SourceRow } from '../model/sync/source.ts';
import type { RowPair } from '../model/sync/view.ts';
import { eachChanged } from './engine/changed.ts';
import { compareFiles } from './engine/compare.ts';
import { failureOf } from './engine/failure.ts';
import { numbersOfPlace } from './engine/places.ts';
import { type ReadReply, readRecords } from './engine/read.ts';
import { newHand, plainSide } from './engine/threads.ts';
import type { CompareSide, CompareSpec, Place } from './engine/types.ts';
import type { Joined, PairAddress } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';
import { findRows } from './spooled-rows.ts';

/** Changed pairs, and of each the addresses of both records in turn. */
export interface PlacedPairs {
  readonly pairs: readonly RowPair[];
  readonly places: Float64Array;
}

/** A side as files that can be scanned, with how many fields a record has. */
export interface ScannedSide {
  readonly files: readonly DelimitedFile[];
  readonly fields: number;
  /** What is compared in place of the key and the columns, by their position: forms in which equal values are alike. */
  readonly compared?: { readonly key: readonly number[]; readonly columns: readonly number[] };
}

export type LocalJoin =
  | {
      readonly kind: 'joined';
      readonly joined: Joined;
      /** Every changed pair, and where both records stand. */
      readonly eachPlaced: () => AsyncIterable<PlacedPairs>;
    }
  | Exclude<Awaited<ReturnType<typeof compareFiles>>, { readonly kind: 'compared' }>;

/** A temporary file or a source went away in the middle: what was counted would be wrong. */
export class JoinLost extends Error {
  readonly failure: SourceFailure;
  constructor(failure: SourceFailure) {
    super('the records could not be read again');
    this.name = 'JoinLost';
    this.failure = failure;
  }
}

const stopped: SourceFailure = { kind: 'interrupted', what: 'records', says: 'stopped', after: 0 };

const recordsOf = (read: ReadReply): readonly SourceRow[] => {
  if (read.kind === 'records') return read.records;
  throw new JoinLost(read.kind === 'failed' ? read.failure : stopped);
};

/** Of a population at most so many values and bytes a side are read: records may have ten thousand columns, or be megabytes long. */
const mostValues = 1_200_000;
const mostBytes = 64 * 1024 * 1024;
const leastRows = 100;

/** How many records of a population are read at most. */
const mostRowsOf = (sides: { readonly fields: number; readonly rows: number; readonly bytes: number }): number =>
  Math.max(
    leastRows,
    Math.floor(Math.min(mostValues / Math.max(1, sides.fields), (mostBytes * sides.rows) / Math.max(1, sides.bytes))),
  );

const placesAtOnce = 4096;

/** Addresses as the engine has written them, so many of them at once; the array is used again. */
function* addressesIn(paths: readonly string[], most: number): Generator<Float64Array> {
  const places = new Float64Array(most);
  const bytes = new Uint8Array(places.buffer);
  for (const path of paths) {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(path, 'r');
      for (let count = -1; count !== 0; ) {
        let filled = 0;
        for (let read = -1; read !== 0 && filled < bytes.length; filled += read)
          read = readSync(descriptor, bytes, filled, bytes.length - filled, null);
        count = Math.floor(filled / 8);
        if (count > 0) yield places.subarray(0, count);
      }
    } catch (error) {
      throw new JoinLost(failureOf(error, path));
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
}

const addressOf = ({ address }: Place): number => address;

/** Of at most so many entries of a sample, evenly from all of it, what `make` takes from the place where each begins. */
const taken = <Item>(entries: Float64Array, most: number, make: (at: number) => Item): readonly Item[] => {
  const all = entries.length / numbersOfPlace;
  const few = Math.min(all, Math.floor(most));
  return Array.from({ length: few }, (_, at) => make(numbersOfPlace * Math.floor((at * all) / few)));
};

/** Of an entry its record, the place of that, or both records. */
const recordIn =
  (entries: Float64Array) =>
  (at: number): number =>
    entries[at + 1] ?? 0;
const rankIn =
  (entries: Float64Array) =>
  (at: number): number =>
    entries[at + 2] ?? 0;
const bothIn =
  (entries: Float64Array) =>
  (at: number): PairAddress => ({ left: entries[at + 1] ?? 0, right: entries[at + 3] ?? 0 });

/** Joins two sides on this machine, in memory that does not grow with them. */
export const joinLocally = async (
  sides: { readonly left: ScannedSide; readonly right: ScannedSide },
  mapping: ColumnMapping,
  options: Pick<CompareSpec, 'directory' | 'seed' | 'sample' | 'threads' | 'worker' | 'progress' | 'keepAlone'>,
  signal: AbortSignal,
): Promise<LocalJoin> => {
  const sideOf = (side: 'left' | 'right'): CompareSide => ({
    files: sides[side].files,
    fields: sides[side].fields,
    key: mapping.columns.filter(({ key }) => key).flatMap(({ at }) => mapping.positions[side][at] ?? []),
    columns: mapping.positions[side],
  });
  const shown = { left: sideOf('left'), right: sideOf('right') };
  const spec: CompareSpec = {
    left: { ...shown.left, ...sides.left.compared },
    right: { ...shown.right, ...sides.right.compared },
    ...options,
  };
  const reply = await compareFiles(spec, signal);
  if (reply.kind !== 'compared') return reply;
  const { counts, differing, rejected, failures, temporaryBytes } = reply;
  // Of the reply no more than this: the samples are not held twice.
  const changed = { counts, failures, changedFiles: reply.changedFiles, bytes: reply.bytes };
  const most = Math.min(
    ...(['left', 'right'] as const).map((side) =>
      mostRowsOf({ fields: sides[side].fields, rows: counts[side], bytes: reply.bytes[side] }),
    ),
  );
  const cut = (['left', 'right'] as const).flatMap((side) => {
    const failure = failures[side];
    return failure ? [{ side, failure }] : [];
  })[0];
  const keyed = (side: 'left' | 'right'): CompareSide => ({ ...shown[side], key: spec[side].key });
  const changedIn = { ...spec, left: keyed('left'), right: keyed('right') };
  async function* eachPlaced(needed?: readonly number[]): AsyncGenerator<PlacedPairs> {
    for await (const batch of eachChanged(changed, changedIn, signal, needed)) {
      if (batch.kind === 'failed') throw new JoinLost(batch.failure);
      yield batch;
    }
  }
  return {
    kind: 'joined',
    eachPlaced,
    joined: {
      counts,
      differing,
      ...(sides.left.compared || sides.right.compared ? {} : { equalReadsAlike: true as const }),
      pairs: taken(reply.changed, most, bothIn(reply.changed)),
      present: taken(reply.present, most, bothIn(reply.present)),
      missing: taken(reply.missing, most, recordIn(reply.missing)),
      missingRanks: taken(reply.missing, most, rankIn(reply.missing)),
      extra: taken(reply.extra, most, recordIn(reply.extra)),
      repeated: {
        left: spread(reply.repeated.left, most / 10).map((group) => group.map(addressOf)),
        right: spread(reply.repeated.right, most / 10).map((group) => group.map(addressOf)),
      },
      rejected,
      ...(cut ? { cut } : {}),
      temporaryBytes,
      read: async (side, addresses, positions) => {
        return recordsOf(await readRecords(spec[side].files, addresses, signal, positions));
      },
      eachChanged: async function* (needed): AsyncGenerator<readonly RowPair[]> {
        for await (const { pairs } of eachPlaced(needed)) yield pairs;
      },
      eachAlone: async function* (side) {
        for (const batch of addressesIn(reply.aloneFiles[side], placesAtOnce)) {
          yield recordsOf(await readRecords(spec[side].files, batch, signal));
        }
      },
      ...(options.keepAlone
        ? { aloneAt: (side: 'left' | 'right', atOnce: number) => addressesIn(reply.aloneFiles[side], atOnce) }
        : {}),
      find: async (side, search) => {
        const { addresses, failure } = await findRows(sides[side], search, signal);
        if (failure) throw new JoinLost(failure);
        return addresses;
      },
      places: async (side, addresses, positions) => {
        // The scanner meets them in the order of the files.
        const order = Float64Array.from(addresses.keys()).sort((a, b) => (addresses[a] ?? 0) - (addresses[b] ?? 0));
        const hand = newHand(options, signal);
        try {
          const ranked = await hand.rank({
            side: plainSide({ ...spec[side], columns: [] }),
            addresses: Float64Array.from(order, (at) => addresses[at] ?? 0),
            positions,
          });
          if (ranked.failure) throw new JoinLost(ranked.failure);
          const inOrder = (found: Float64Array): Float64Array => {
            const back = new Float64Array(found.length);
            for (const [place, at] of order.entries()) back[at] = found[place] ?? 0;
            return back;
          };
          return {
            file: inOrder(ranked.file),
            orders: ranked.orders.map(({ rank, tie }) => ({ rank: inOrder(rank), tie: inOrder(tie) })),
          };
        } finally {
          await hand.close();
        }
      },
    },
  };
};

import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ComparedColumn } from '../../model/sync/column.ts';
import type { DuplicatesFact } from '../../model/sync/comparison.ts';
import type { RowBatch, SourceFailure } from '../../model/sync/source.ts';
import type { KeyRule } from '../../model/sync/subject.ts';
import { grouped } from '../../model/text.ts';
import { escapeControls } from '../../reason/escape.ts';
import { instantOf, momentOf } from '../../reason/moments.ts';
import { keyForm } from '../../reason/rows/key-forms.ts';
import { isDiskFull } from '../files/fault.ts';
import { keysOfRun } from './alone.ts';
import { blocks } from './blocks.ts';
import { canonicalOfRun } from './canonical.ts';
import { contacts } from './contacts.ts';
import { groups } from './groups.ts';
import type { Matcher } from './matcher.ts';
import { peeked } from './peek.ts';
import { personColumns } from './person/columns.ts';
import { persons } from './person/persons.ts';
import { textStore } from './store.ts';

type Candidate = DuplicatesFact['candidates'][number];
type Within = Candidate['within'];

/** One side of the search, read once. */
export interface DuplicatesSide {
  readonly side: 'left' | 'right';
  readonly rows: AsyncIterable<RowBatch>;
  /** By compared column: its position in the records. */
  readonly positions: readonly number[];
}

export interface DuplicatesKit {
  /** A private directory for temporary files; what is written there is removed at the end. */
  readonly directory: () => Promise<string>;
  /** How many candidates are told, the strongest first; all are counted. */
  readonly most?: number;
  /** How keys of both sides are made alike; default: they are as they are. */
  readonly keyRules?: readonly KeyRule[];
  /** IANA zones of times without an offset. */
  readonly zones?: { readonly left?: string; readonly right?: string };
}

/** Four bytes a key, record and pass: about 600 MiB. What comes after is not searched, and that is told. */
const mostRows = 8_000_000;
/** Rows that tell what the records are. */
const mostPeeked = 1000;
const usually = 200;
const mostShown = 8;
/** Pages of 4 MiB of the notations that are compared. */
const pagesInMemory = 24;
const longest = 120;

const between = '\u001f';
const shown = (value: string): string => escapeControls(value.length > longest ? `${value.slice(0, longest)}…` : value);

/** Without an offset and a zone it is read as UTC, which cancels out within one side. */
const createdIn = (value: string, zone: string | undefined): number | undefined => {
  const moment = momentOf(value);
  return moment && instantOf(moment, zone);
};

interface Found {
  readonly a: number;
  readonly b: number;
  readonly within: Within;
  readonly score: number;
}
const strongest = (list: readonly Found[], most: number): Found[] =>
  list.toSorted((one, other) => other.score - one.score || one.a - other.a || one.b - other.b).slice(0, most);

/** What is kept of every record that was read. */
const keeping = <Item>(
  { recordOf, pack, unpack, passes, told: allTold }: Matcher<Item>,
  columns: readonly ComparedColumn[],
  directory: string,
  { keyRules = [], zones = {} }: DuplicatesKit,
) => {
  const told = allTold.slice(0, mostShown);
  const keyColumns = columns.filter(({ key }) => key);
  const createdAt = columns.find(({ role }) => role === 'created-at');
  const records = textStore(join(directory, 'duplicates.records'), 'utf16le', pagesInMemory);
  const originals = textStore(join(directory, 'duplicates.originals'), 'utf8', 2);
  const block = blocks(passes);
  const keys = keysOfRun();
  const form = keyForm(keyRules);
  const rows = { left: 0, right: 0 };
  return {
    ...{ rows, keys, block, keyed: keyColumns.length > 0 },
    add: (side: DuplicatesSide, row: readonly string[]): void => {
      const valueAt = (at: number): string => row[side.positions[at] ?? -1] ?? '';
      const record = recordOf(valueAt);
      const key = keyColumns.map(({ at }) => valueAt(at));
      const formed = key.map(form);
      block.add(record);
      keys.add(formed.every((part) => part === '') ? '' : formed.join(' / '));
      records.add(pack(record));
      const first = [shown(key.join(' / ')), createdAt ? valueAt(createdAt.at).slice(0, 40) : ''];
      originals.add([...first, ...told.map(({ at }) => shown(valueAt(at)))].join(between));
      rows[side.side] += 1;
    },
    record: (row: number): Item => unpack(records.get(row)),
    original: (row: number) => {
      const [key = '', created = '', ...values] = originals.get(row).split(between);
      return { key, created: createdIn(created, row < rows.left ? zones.left : zones.right), shown: values };
    },
    close: () => {
      records.close();
      originals.close();
    },
  };
};

type Kept<Item> = ReturnType<typeof keeping<Item>>;

/** Why the records were not read to their end; undefined: they were. */
const readAll = async <Item>(
  { add, keys, rows }: Kept<Item>,
  sides: readonly DuplicatesSide[],
  signal: AbortSignal,
): Promise<SourceFailure | undefined> => {
  let failure: SourceFailure | undefined;
  const read = async (side: DuplicatesSide): Promise<void> => {
    for await (const batch of side.rows) {
      signal.throwIfAborted();
      if (batch.kind === 'failed') {
        failure ??= batch.failure;
        return;
      }
      if (batch.kind === 'rejected') continue;
      for (const row of batch.rows) {
        if (rows.left + rows.right >= mostRows) {
          const says = `more than ${grouped(mostRows)} records`;
          failure ??= { kind: 'too-large', what: 'duplicates', says };
          return;
        }
        add(side, row);
      }
    }
  };
  for (const side of sides) {
    if (side.side === 'right') keys.turn();
    await read(side);
  }
  return failure;
};

/** Where a pair is looked for; undefined: it is nobody's second record. */
const placing =
  <Item>({ rows, keys }: Kept<Item>, across: boolean) =>
  (a: number, b: number): Within | undefined => {
    if (keys.same(a, b)) return undefined;
    if (b < rows.left) return 'left';
    if (a >= rows.left) return 'right';
    return across && !keys.matched(a) && !keys.matched(b) ? 'across' : undefined;
  };

const visitAll = async (blocksOfRun: Iterable<void>, signal: AbortSignal): Promise<void> => {
  let visited = 0;
  for (const _ of blocksOfRun) {
    visited += 1;
    if (visited % 1000 !== 0) continue;
    await breathe();
    signal.throwIfAborted();
  }
};

const candidateOf = <Item>({ a, b, within, score }: Found, kept: Kept<Item>, matcher: Matcher<Item>): Candidate => {
  const [left, right] = [kept.original(a), kept.original(b)];
  const apart =
    left.created === undefined || right.created === undefined ? undefined : Math.abs(left.created - right.created);
  return {
    ...{ within, score, a: { key: left.key, shown: left.shown }, b: { key: right.key, shown: right.shown } },
    evidence: matcher.evidenceOf(kept.record(a), kept.record(b), within === 'right' ? 'right' : 'left'),
    ...(apart === undefined ? {} : { apartMs: apart }),
  };
};

const searched = async <Item>(
  matcher: Matcher<Item>,
  kept: Kept<Item>,
  sides: readonly DuplicatesSide[],
  signal: AbortSignal,
  most: number,
): Promise<DuplicatesFact> => {
  const { rows, block, record } = kept;
  const failure = await readAll(kept, sides, signal);
  // Of a side that was cut off nobody knows which keys the rest would have held.
  const across = sides.length === 2 && kept.keyed && failure === undefined;
  const withinOf = placing(kept, across);
  await matcher.learn?.({
    rows: rows.left + rows.right,
    record,
    some: (mostOfPass, visit) => {
      const pair = (a: number, b: number, left: Item, right: Item): void => {
        if (withinOf(a, b) !== undefined) visit(left, right);
      };
      return visitAll(block.each({ record, pair }, mostOfPass), signal);
    },
    crowds: async (id, least, mostOfCrowd, visit) => {
      const pass = matcher.passes.findIndex((one) => one.id === id);
      const visited = function* (): Generator<void> {
        for (const crowd of block.crowds(pass, least, mostOfCrowd)) yield visit(crowd.map(record));
      };
      if (pass >= 0) await visitAll(visited(), signal);
    },
  });
  let candidates: Found[] = [];
  let pairs = 0;
  const hanging = groups();
  const pair = (a: number, b: number, left: Item, right: Item): void => {
    const score = matcher.score(left, right);
    const within = score === undefined ? undefined : withinOf(a, b);
    if (score === undefined || within === undefined) return;
    pairs += 1;
    hanging.join(a, b);
    candidates.push({ a, b, within, score });
    if (candidates.length >= most * 10) candidates = strongest(candidates, most);
  };
  await visitAll(block.each({ record, pair }), signal);
  return {
    searched: [...sides.map(({ side }) => side), ...(across ? (['across'] as const) : [])],
    ...{ rows, pairs, groups: hanging.count() },
    candidates: strongest(candidates, most).map((found) => candidateOf(found, kept, matcher)),
    dropped: block.dropped().map(({ by, rows: size }) => ({ by: shown(by), rows: size })),
    ...(failure ? { failure } : {}),
  };
};

/**
 * Records that are likely one and the same person (or company), on one side and, of those whose key is on one side only, across both:
 * candidates with what speaks for and against each. Every record is read once; pairs are made of records that share a key of a block,
 * so that the work grows with the records and not with their square. Nothing is merged.
 */
export const findDuplicates = async (
  given: readonly DuplicatesSide[],
  columns: readonly ComparedColumn[],
  signal: AbortSignal,
  kit: DuplicatesKit,
): Promise<DuplicatesFact> => {
  const directory = await kit.directory();
  const [first, ...rest] = given.toSorted((a, b) => (a.side < b.side ? -1 : 1));
  if (!first) return { searched: [], rows: { left: 0, right: 0 }, pairs: 0, groups: 0, candidates: [], dropped: [] };
  const begun = await peeked(first.rows, mostPeeked);
  const sides = [{ ...first, rows: begun.rows }, ...rest];
  const sample = begun.first.map((row) => columns.map(({ at }) => row[first.positions[at] ?? -1] ?? ''));
  const person = personColumns(columns, sample);
  const canonical = canonicalOfRun();
  const run = async <Item>(matcher: Matcher<Item>): Promise<DuplicatesFact> => {
    const kept = keeping(matcher, columns, directory, kit);
    try {
      return await searched(matcher, kept, sides, signal, kit.most ?? usually);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      const failure = { kind: 'disk-full', what: directory } as const;
      return { searched: [], rows: kept.rows, pairs: 0, groups: 0, candidates: [], dropped: [], failure };
    } finally {
      kept.close();
    }
  };
  return person ? run(persons(person, canonical)) : run(contacts(columns, canonical));
};

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
import { groups } from './groups.ts';
import { type PersonRecord, pack, type RecordShape, recordOf, shapeOf, unpack } from './record.ts';
import { evidenceOf, type FieldName, score, threshold } from './score.ts';
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

const namesOf = (shape: RecordShape, side: 'left' | 'right'): Readonly<Record<FieldName, string>> => {
  const of = (columns: readonly ComparedColumn[]): string => columns.map((column) => column[side]).join(', ');
  return {
    name: of([...shape.name, ...shape.kana]),
    company: of(shape.company),
    emails: of(shape.emails),
    phones: of(shape.phones),
    address: of(shape.address),
    postcode: of(shape.postcode),
  };
};

/**
 * Records that are likely one and the same person (or company), on one side and, of those whose key is on one side only, across both:
 * candidates with what speaks for and against each. Every record is read once; pairs are made of records that share a key of a block,
 * so that the work grows with the records and not with their square. Nothing is merged.
 */
export const findDuplicates = async (
  sides: readonly DuplicatesSide[],
  columns: readonly ComparedColumn[],
  signal: AbortSignal,
  { directory: directoryOf, most = usually, keyRules = [], zones = {} }: DuplicatesKit,
): Promise<DuplicatesFact> => {
  const shape = shapeOf(columns);
  const persons = shape.name.length + shape.kana.length > 0;
  const keyColumns = columns.filter(({ key }) => key);
  const createdAt = columns.find(({ role }) => role === 'created-at');
  const told = [shape.name, shape.kana, shape.company, shape.emails, shape.phones, shape.address]
    .flat()
    .slice(0, mostShown);
  const directory = await directoryOf();
  const records = textStore(join(directory, 'duplicates.records'), 'utf16le', pagesInMemory);
  const originals = textStore(join(directory, 'duplicates.originals'), 'utf8', 2);
  const canonical = canonicalOfRun();
  const block = blocks();
  const keys = keysOfRun();
  const form = keyForm(keyRules);
  const rows = { left: 0, right: 0 };
  let failure: SourceFailure | undefined;

  const add = (side: DuplicatesSide, row: readonly string[]): void => {
    const valueAt = (at: number): string => row[side.positions[at] ?? -1] ?? '';
    const record = recordOf(shape, canonical, valueAt);
    const key = keyColumns.map(({ at }) => valueAt(at));
    const formed = key.map(form);
    block.add(record);
    keys.add(formed.every((part) => part === '') ? '' : formed.join(' / '));
    records.add(pack(record));
    const first = [shown(key.join(' / ')), createdAt ? valueAt(createdAt.at).slice(0, 40) : ''];
    originals.add([...first, ...told.map(({ at }) => shown(valueAt(at)))].join(between));
    rows[side.side] += 1;
  };
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

  let candidates: Found[] = [];
  let pairs = 0;
  const hanging = groups();
  const ordered = sides.toSorted((a, b) => (a.side < b.side ? -1 : 1));
  try {
    for (const side of ordered) {
      if (side.side === 'right') keys.turn();
      await read(side);
    }
    // Of a side that was cut off nobody knows which keys the rest would have held.
    const across = ordered.length === 2 && keyColumns.length > 0 && failure === undefined;
    const withinOf = (a: number, b: number): Within | undefined => {
      if (b < rows.left) return 'left';
      if (a >= rows.left) return 'right';
      return across && !keys.matched(a) && !keys.matched(b) ? 'across' : undefined;
    };
    const pair = (a: number, b: number, left: PersonRecord, right: PersonRecord): void => {
      const sum = score(left, right, persons);
      if (sum < threshold || keys.same(a, b)) return;
      const within = withinOf(a, b);
      if (within === undefined) return;
      pairs += 1;
      hanging.join(a, b);
      candidates.push({ a, b, within, score: sum });
      if (candidates.length >= most * 10) candidates = strongest(candidates, most);
    };
    let visited = 0;
    const record = (row: number): PersonRecord => unpack(records.get(row));
    for (const _ of block.each({ record, pair })) {
      visited += 1;
      if (visited % 1000 !== 0) continue;
      await breathe();
      signal.throwIfAborted();
    }
    const original = (row: number) => {
      const [key = '', created = '', ...values] = originals.get(row).split(between);
      return { key, created: createdIn(created, row < rows.left ? zones.left : zones.right), shown: values };
    };
    const searched: readonly Within[] = [...ordered.map(({ side }) => side), ...(across ? (['across'] as const) : [])];
    return {
      searched,
      rows,
      pairs,
      groups: hanging.count(),
      candidates: strongest(candidates, most).map(({ a, b, within, score: sum }): Candidate => {
        const [left, right] = [original(a), original(b)];
        const names = namesOf(shape, within === 'right' ? 'right' : 'left');
        const apart =
          left.created === undefined || right.created === undefined
            ? undefined
            : Math.abs(left.created - right.created);
        return {
          within,
          score: sum,
          a: { key: left.key, shown: left.shown },
          b: { key: right.key, shown: right.shown },
          evidence: evidenceOf(record(a), record(b), persons).map(({ field, how, weight }) => ({
            column: names[field],
            how,
            weight,
          })),
          ...(apart === undefined ? {} : { apartMs: apart }),
        };
      }),
      dropped: block.dropped().map(({ by, rows: size }) => ({ by: shown(by), rows: size })),
      ...(failure ? { failure } : {}),
    };
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    const full = { kind: 'disk-full', what: directory } as const;
    return { searched: [], rows, pairs: 0, groups: 0, candidates: [], dropped: [], failure: full };
  } finally {
    records.close();
    originals.close();
  }
};

import type { SyncCause } from '../model/sync/cause.ts';
import type { ChangedClasses, ComparisonFact, Example, Explained, Timeline } from '../model/sync/comparison.ts';
import type { OpenedSource, SourceFailure } from '../model/sync/source.ts';
import type { SyncConfig } from '../model/sync/subject.ts';
import type { ComparisonView, RowPair, SeenRow, SyncTimes } from '../model/sync/view.ts';
import { knownUntil, tellsZone } from '../reason/rows/copied.ts';
import { compileLate } from './compile-late.ts';
import { demandsOf } from './demands.ts';
import { diagnose } from './diagnose/diagnose.ts';
import type { PairVerdict, StandingCause } from './diagnose/explain.ts';
import { newestCreated } from './diagnose/newest-created.ts';
import { openRows } from './diagnose/open-rows.ts';
import { openStretch } from './diagnose/open-stretch.ts';
import type { Joined } from './joined.ts';
import { type ColumnMapping, mapColumns } from './mapping/map-columns.ts';
import { openPairs, remaindersOf } from './remainder.ts';
import type { UpdatedPair } from './schedule.ts';
import { growSlowly } from './slow-growth.ts';
import { type EqualUnder, tally } from './tally.ts';
import { viewOfJoined } from './view-of.ts';

/** Rows from which the types of columns are guessed. */
const guessedFrom = 1000;
/** Characters in them. */
const mostGuessed = 32 * 1024 * 1024;
const mostExamples = 10;
/** Errors of the log of the job that are told. */
const mostErrors = 3;

export interface Comparing {
  readonly config: SyncConfig;
  readonly left: OpenedSource;
  readonly right: OpenedSource;
  readonly causes: readonly SyncCause[];
  readonly times: SyncTimes;
  readonly logged: ComparisonView['logged'];
  readonly mapping: ColumnMapping;
  readonly joined: Joined;
  readonly equalUnder: EqualUnder;
  /** Milliseconds since 1970; a time without an offset is of the side's zone. */
  readonly momentOf: (value: string, side: 'left' | 'right') => number | undefined;
  readonly printable: (text: string, most?: number) => string;
  readonly elapsed: () => number;
  /** Of the records that are on one side only, so many are looked at a side at most; absent: as many as a diagnosis needs. */
  readonly mostLone?: number;
  /** Ends what is asked of a database; absent: nothing ends it. */
  readonly signal?: AbortSignal;
}

/** The columns of both sides brought together, or why they cannot be. */
export type Mapped =
  | { readonly kind: 'mapped'; readonly mapping: ColumnMapping }
  | { readonly kind: 'not-compared'; readonly side: 'left' | 'right' | 'key'; readonly failure: SourceFailure };

/** The first rows of a source; what keeps them from coming is said by the comparison itself. */
const firstRows = async (source: OpenedSource, signal: AbortSignal): Promise<readonly (readonly string[])[]> => {
  const rows: (readonly string[])[] = [];
  let characters = 0;
  for await (const batch of source.rows(signal)) {
    if (batch.kind === 'failed') break;
    for (const row of batch.kind === 'rows' ? batch.rows : []) {
      rows.push(row);
      for (const value of row) characters += value.length;
      if (rows.length >= guessedFrom || characters >= mostGuessed) return rows;
    }
  }
  return rows;
};

const dayMs = 86_400_000;

/** How many rows of each kind fall into each day or month, from the samples. */
const timelineOf = (view: ComparisonView, momentOf: Comparing['momentOf']): Timeline | undefined => {
  const of = (['updated-at', 'created-at'] as const).find((role) => view.columns.some((one) => one.role === role));
  const at = view.columns.find((one) => one.role === of)?.at;
  if (of === undefined || at === undefined) return undefined;
  type Kind = 'present' | 'missing' | 'extra' | 'changed';
  const all: { readonly kind: Kind; readonly ms: number }[] = [];
  const add = (kind: Kind, value: string | undefined, side: 'left' | 'right' = 'left') => {
    const ms = momentOf(value ?? '', side);
    if (ms !== undefined) all.push({ kind, ms });
  };
  for (const { pair } of view.present) add('present', pair.left[at]);
  for (const { values } of view.missing) add('missing', values[at]);
  for (const { values } of view.extra) add('extra', values[at], 'right');
  for (const { left } of view.pairs) add('changed', left[at]);
  if (all.length === 0) return undefined;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { ms } of all) {
    low = Math.min(low, ms);
    high = Math.max(high, ms);
  }
  const unit = high - low <= 90 * dayMs ? 'day' : 'month';
  const buckets = new Map<string, Record<Kind, number>>();
  const bucketOf = (day: number): Record<Kind, number> => {
    const name = new Date(day * dayMs).toISOString().slice(0, unit === 'day' ? 10 : 7);
    const bucket = buckets.get(name) ?? { present: 0, missing: 0, extra: 0, changed: 0 };
    buckets.set(name, bucket);
    return bucket;
  };
  // Tens of thousands of records are of some hundred days: each day is named once.
  const byDay = new Map<number, Record<Kind, number>>();
  for (const { kind, ms } of all) {
    const day = Math.floor(ms / dayMs);
    const bucket = byDay.get(day) ?? bucketOf(day);
    byDay.set(day, bucket);
    bucket[kind] += 1;
  }
  const sorted = [...buckets].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(-240);
  const looked = {
    present: view.present.length,
    missing: view.missing.length,
    extra: view.extra.length,
    changed: view.pairs.length,
  };
  return { unit, of, looked, buckets: sorted.map(([name, bucket]) => ({ at: name, ...bucket })) };
};

const notFound = ({ absent }: ColumnMapping, sides: Pick<Comparing, 'left' | 'right'>): SourceFailure | undefined => {
  const key = absent.find((one) => one.key);
  if (!key) return undefined;
  const { facts } = sides[key.side];
  return {
    kind: 'not-found',
    what: `${facts.name}: ${key.name}`,
    hint: facts.columns.slice(0, 20).map(({ name }) => name),
  };
};

/** Brings the columns of two open sides together, from their first rows. */
export const mapSources = async (
  parts: Pick<Comparing, 'config' | 'left' | 'right'>,
  signal: AbortSignal,
): Promise<Mapped> => {
  const { config, left, right } = parts;
  const [leftSample, rightSample] = [await firstRows(left, signal), await firstRows(right, signal)];
  const mapping = mapColumns(
    { columns: left.facts.columns, sample: leftSample },
    { columns: right.facts.columns, sample: rightSample },
    config,
  );
  const lost = notFound(mapping, parts);
  return lost ? { kind: 'not-compared', side: 'key', failure: lost } : { kind: 'mapped', mapping };
};

/** What a comparison brought, and when the records that are on both sides were updated. */
export interface Compared {
  readonly fact: ComparisonFact;
  readonly updated: readonly UpdatedPair[];
  /**
   * Up to when the left side is known: of a file its newest record, however late it was saved. Milliseconds since 1970; absent where its
   * times do not tell their zone.
   */
  readonly knownUntil?: number;
  /** What one changed pair came to, as it was counted. */
  readonly judged: (pair: RowPair) => { readonly differences: PairVerdict; readonly of: keyof ChangedClasses };
  /** Missing records that were looked at, with the cause that explains each. */
  readonly missing: readonly { readonly values: readonly string[]; readonly by?: StandingCause }[];
}

/** None where most of these times are themselves wrong by a cause (a time zone, another record): they tell of no lag. */
const updatedOf = (
  view: ComparisonView,
  momentOf: Comparing['momentOf'],
  explained: readonly Explained[],
): readonly UpdatedPair[] => {
  const at = view.columns.find(({ role }) => role === 'updated-at')?.at;
  if (at === undefined) return [];
  const wrong = explained.reduce((n, { population, effect, columns, perColumn }) => {
    const place = columns.indexOf(at);
    return population === 'pairs' && effect === 'wrong' && place >= 0 ? n + (perColumn?.[place] ?? 0) : n;
  }, 0);
  if (wrong > 0.5 * view.counts.matched) return [];
  return view.present.map(({ pair }) => {
    const [left, right] = [momentOf(pair.left[at] ?? '', 'left'), momentOf(pair.right[at] ?? '', 'right')];
    return { ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) };
  });
};

/** Compares two sides that are joined: what differs, why, and how sure that is. */
export const compareSources = async (parts: Comparing): Promise<Compared> => {
  growSlowly();
  compileLate();
  const { config, left, right, printable, momentOf, mapping, joined } = parts;
  const sources = { left: left.facts, right: right.facts };
  const { times, logged, mostLone } = parts;
  const { signal = new AbortController().signal } = parts;
  const sampled = await viewOfJoined(joined, mapping, {
    ...{ config, sources, times, logged, mostLone },
    demandsOf: (view) => demandsOf(view, right, signal),
  });
  const { columns } = mapping;
  const count = tally({
    columns,
    equalUnder: parts.equalUnder,
    printable,
    momentOf,
    ...(parts.times.lastSync === undefined ? {} : { lastSync: parts.times.lastSync }),
  });
  const whole = sampled.view.pairs.length === joined.counts.changed;
  // Of a side that was cut off nobody knows what the rest would have held.
  const causes = joined.cut
    ? parts.causes.filter(({ hypotheses }) => hypotheses.every(({ kind }) => kind !== 'rows'))
    : parts.causes;
  // Keys are shown, and the time of the last change tells who changed it; of other columns only what differs is looked at.
  const alwaysRead = columns.filter(({ key, role }) => key || role === 'updated-at').map(({ at }) => at);
  const opened = openPairs();
  const diagnosed = await diagnose(sampled.view, causes, printable, {
    ranked: sampled.ranked,
    visited: whole ? (pair, verdict) => opened.see(pair, count.visit(pair, verdict)) : count.visit,
    ...(whole ? {} : { allPairs: (wholeRows: boolean) => joined.eachChanged(wholeRows ? undefined : alwaysRead) }),
  });
  const { view } = diagnosed;
  // Where the sample is not all of the pairs, none of it has been visited.
  if (!whole) for (const pair of view.pairs) if (!opened.see(pair, count.openIn(pair, diagnosed.judge(pair)))) break;
  const keyOf = ({ values }: SeenRow): Example => ({
    key: columns
      .filter(({ key }) => key)
      .map(({ at }) => printable(values[at] ?? '', 120))
      .join(' / '),
  });
  const open = openRows(view, diagnosed.explained);
  const newest = newestCreated(view, diagnosed.open.missing);
  const stretch = open.missing === joined.counts.missing ? openStretch(view, keyOf) : undefined;
  const ms = parts.elapsed();
  const timeline = timelineOf(view, momentOf);
  // Those that are left out on purpose as well: nobody is to take them for equal.
  const notCompared = (side: 'left' | 'right') =>
    sources[side].columns.flatMap(({ name }, at) => (mapping.positions[side].includes(at) ? [] : [name]));
  const fact: ComparisonFact = {
    kind: 'compared',
    left: left.facts,
    right: right.facts,
    counts: joined.counts,
    changed: count.classes(),
    fields: count.fields(),
    explained: diagnosed.explained,
    unexplained: {
      pairs: count.openPairs(),
      ...open,
      rest: remaindersOf(view, { ...diagnosed.open, pairs: opened.found }, printable),
    },
    ...(stretch ? { stretch } : {}),
    ...(newest ? { newest } : {}),
    missing: view.missing.slice(0, mostExamples).map(keyOf),
    extra: view.extra.slice(0, mostExamples).map(keyOf),
    repeated: {
      left: view.repeated.left.slice(0, mostExamples).flatMap(([first]) => (first ? [keyOf(first)] : [])),
      right: view.repeated.right.slice(0, mostExamples).flatMap(([first]) => (first ? [keyOf(first)] : [])),
    },
    rejected: joined.rejected,
    unmapped: { left: notCompared('left'), right: notCompared('right') },
    ...(timeline ? { timeline } : {}),
    ...(config.logs?.length ? { log: { runs: times.runs.length, errors: logged.slice(0, mostErrors) } } : {}),
    ...(joined.cut ? { cut: joined.cut } : {}),
    work: {
      ...(joined.work
        ? { engine: joined.work.engine, transferredBytes: joined.work.transferredBytes }
        : { engine: 'local' }),
      ...(joined.work?.noPlaces ? { noPlaces: true } : {}),
      rowsPerSecond: ms <= 0 ? 0 : Math.round(((joined.counts.left + joined.counts.right) / ms) * 1000),
      ms: Math.round(ms),
      temporaryBytes: joined.temporaryBytes,
    },
  };
  return {
    fact,
    updated: updatedOf(view, momentOf, diagnosed.explained),
    ...(tellsZone(view) ? { knownUntil: knownUntil(view) } : {}),
    judged: (pair) => {
      const differences = diagnosed.judge(pair);
      return { differences, of: count.classOf(pair, differences) };
    },
    missing: view.missing.map((row) => {
      const by = diagnosed.missing.get(row);
      return { values: row.values, ...(by ? { by } : {}) };
    }),
  };
};

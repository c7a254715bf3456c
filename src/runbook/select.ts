import { finderOf, fold } from './fold.ts';
import type { Reading } from './log.ts';
import type { RunbookRecord } from './record.ts';
import type { Runbook } from './runbook.ts';
import { emptyTags } from './tags.ts';
import { changeKey } from './undo.ts';

type Test = (text: string) => boolean;

/** Which records are wanted; what is absent does not matter. */
export interface Wanted {
  /** Given to the record or to its run, and not taken away since. */
  readonly tag?: string;
  /** Of the run that the record belongs to. */
  readonly cause?: (cause: string) => boolean;
  /** A part of the target of that run. */
  readonly target?: string;
  /** RFC 3339 in UTC. */
  readonly since?: string;
  /** Each has to stand somewhere in the record, in any width and case. */
  readonly words?: readonly string[];
}

/** A record as it is to be told. */
export interface Entry {
  readonly record: RunbookRecord;
  /** With those that it was given later and without those that it lost. */
  readonly tags: readonly string[];
  /** Its end is missing: a run without verdict, a change that was begun. */
  readonly unfinished: boolean;
}

export interface Selection extends AsyncIterable<Entry> {
  readonly broken: number;
}

const wordsIn = (value: unknown): string => {
  if (typeof value === 'string') return `${value}\n`;
  if (typeof value !== 'object' || value === null) return '';
  let words = '';
  for (const inner of Object.values(value)) words += wordsIn(inner);
  return words;
};

/** Whether a text holds all words. */
const holder = (words: readonly string[]): Test => {
  const finders = words.map(finderOf);
  return (folded) => finders.every((finds) => finds(folded));
};

/** The same of a line as it is written: some lines too many, never one too few. In JSON these two are written in another way. */
const lineHolder = (words: readonly string[]): Test => holder(words.filter((word) => !/["\\]/.test(word)));

/** What stands behind a key, as far as it can be told without reading the line as JSON. */
function* valuesOf(line: string, key: string): Generator<string> {
  const opening = `"${key}":"`;
  for (let at = line.indexOf(opening); at !== -1; at = line.indexOf(opening, at + 1)) {
    const from = at + opening.length;
    yield line.slice(from, line.indexOf('"', from));
  }
}

/** False only for a line that names other runs and records than these, or, of the named ones, none. */
const mayBelong =
  (ids: ReadonlySet<string>, which: 'named' | 'any' = 'any') =>
  (line: string): boolean => {
    let named = which === 'named';
    for (const key of ['run', 'id', 'of']) {
      for (const id of valuesOf(line, key)) {
        if (ids.has(id)) return true;
        named ||= key === 'run';
      }
    }
    return !named;
  };

export const runOf = (record: RunbookRecord): string | undefined => ('run' in record ? record.run : undefined);

const common = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> | undefined => {
  const [first, ...others] = sets;
  return first && new Set([...first].filter((id) => others.every((other) => other.has(id))));
};

/** The runs of a target. */
const runsOfTarget = async (runbook: Pick<Runbook, 'read'>, target: string): Promise<ReadonlySet<string>> => {
  const words = [fold(target)];
  const isMeant = holder(words);
  const runs = new Set<string>();
  // The end of a run names the same target as its beginning: one of the two is read.
  const met = new Set<string>();
  const isNew = (line: string): boolean => {
    if (!line.includes('"run-')) return false;
    const run = valuesOf(line, 'run').next().value ?? '';
    const before = met.size;
    return run === '' || met.add(run).size > before;
  };
  for await (const record of runbook.read({ says: lineHolder(words), fits: isNew })) {
    const isRun = record.kind === 'run-started' || record.kind === 'run-finished';
    if (isRun && isMeant(fold(record.target ?? ''))) runs.add(record.run);
  }
  return runs;
};

/** The runs that found a cause. */
const runsOfCause = async (
  runbook: Pick<Runbook, 'read'>,
  isWanted: (cause: string) => boolean,
): Promise<ReadonlySet<string>> => {
  const runs = new Set<string>();
  for await (const record of runbook.read({ holding: '"cause":' })) {
    if (record.kind === 'run-finished' && record.causes.some(({ cause }) => isWanted(cause))) runs.add(record.run);
  }
  return runs;
};

/** The runs and records that have a tag, or had it. */
const tagged = async (runbook: Pick<Runbook, 'read'>, tag: string): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  for await (const record of runbook.read({ holding: JSON.stringify(tag) })) {
    if (record.kind === 'tagged') ids.add(record.of);
    if (record.kind === 'note' && record.id !== undefined) ids.add(record.id);
  }
  return ids;
};

/** What was given a tag later that has one of these words. */
const taggedWith = async (runbook: Pick<Runbook, 'read'>, words: readonly string[]): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  for await (const record of runbook.read({ holding: '"tagged"' })) {
    if (record.kind !== 'tagged') continue;
    if (words.some((word) => finderOf(word)(fold((record.add ?? []).join('\n'))))) ids.add(record.of);
  }
  return ids;
};

const begins = new Set<RunbookRecord['kind']>(['run-started', 'change-intended', 'undo-intended', 'file-intended']);

/** What is known, going back, of what came later than a record. */
const laterFacts = () => {
  const tags = emptyTags();
  const over = new Set<string>();
  const keyOf = (record: RunbookRecord): string | undefined => {
    switch (record.kind) {
      case 'run-started':
      case 'run-finished':
        return `run ${record.run}`;
      case 'change-intended':
      case 'change-done':
        return `change ${changeKey(record)}`;
      case 'undo-intended':
      case 'undone':
        return `undo ${changeKey(record)}`;
      case 'file-intended':
      case 'file-written':
        return `file ${changeKey(record)}`;
      default:
        return undefined;
    }
  };
  return (record: RunbookRecord): Entry => {
    const key = keyOf(record);
    const unfinished = begins.has(record.kind) && key !== undefined && !over.has(key);
    if (key !== undefined && !begins.has(record.kind)) over.add(key);
    // A change that was taken back was made.
    if (record.kind === 'undone') over.add(`change ${changeKey(record)}`);
    return { record, tags: tags.of(record), unfinished };
  };
};

/** What a reader is told: tags stand at what has them, and a beginning only where its end is not told. */
export const isTold = ({ record, unfinished }: Entry, ends: 'known' | 'unknown' = 'known'): boolean => {
  if (record.kind === 'tagged' || record.kind === 'repaired') return false;
  if (!begins.has(record.kind)) return true;
  // The beginning of a run says nothing that its end does not say.
  return ends === 'known' ? unfinished : record.kind !== 'run-started';
};

/** All tests as one. What gives tags, and what says how a cause went away, names others than itself. */
const fitting = (tests: readonly (Test | undefined)[]): Test | undefined => {
  const given = tests.filter((test) => test !== undefined);
  if (given.length === 0) return undefined;
  return (line) => line.includes('"tagged"') || given.every((test) => test(line) || line.includes('"resolution"'));
};

/** A search by lines: what holds the words, what gives tags, and what was given a tag that is one of the words. */
const sayingOf = async (runbook: Pick<Runbook, 'read'>, words: readonly string[]): Promise<Test> => {
  const given = [...(await taggedWith(runbook, words))].map((id) => fold(JSON.stringify(id)));
  const others = ['"tagged"', ...given];
  const holds = lineHolder(words);
  return (folded) => holds(folded) || others.some((other) => folded.includes(other));
};

/** Clocks of two machines differ by less. */
const dayMs = 86_400_000;

/** The wanted records, the latest first; whoever takes only a few reads only the end of the log. */
export const latest = (runbook: Pick<Runbook, 'read'>, wanted: Wanted): Selection => {
  const { tag, cause, target, since, words } = wanted;
  let reading: Reading | undefined;
  const search = words && words.length > 0 ? holder(words) : undefined;
  return {
    get broken() {
      return reading?.broken ?? 0;
    },
    async *[Symbol.asyncIterator]() {
      const runs = common([
        ...(target === undefined ? [] : [await runsOfTarget(runbook, target)]),
        ...(cause === undefined ? [] : [await runsOfCause(runbook, cause)]),
      ]);
      const ids = tag === undefined ? undefined : await tagged(runbook, tag);
      if (ids?.size === 0 || (runs?.size === 0 && cause === undefined)) return;
      const fits = fitting([runs && mayBelong(runs), ids && mayBelong(ids)]);
      const says = words && search && (await sayingOf(runbook, words));
      reading = runbook.read({ backward: true, ...(fits ? { fits } : {}), ...(says ? { says } : {}) });
      // A search does not meet what has other words: whether something came to an end is not known then.
      const ends = search || ids ? 'unknown' : 'known';
      const told = laterFacts();
      const until = since === undefined ? undefined : new Date(Date.parse(since) - dayMs).toISOString();
      for await (const record of reading) {
        if (until !== undefined && record.at < until) return;
        const entry = told(record);
        if (!isTold(entry, ends) || (since !== undefined && record.at < since)) continue;
        const run = runOf(record);
        const ofCause = cause && record.kind === 'resolution' && target === undefined && cause(record.cause);
        if (runs && !ofCause && (run === undefined || !runs.has(run))) continue;
        if (tag !== undefined && !entry.tags.includes(tag)) continue;
        if (search && !search(fold(wordsIn(record) + entry.tags.join('\n')))) continue;
        yield ends === 'known' ? entry : { ...entry, unfinished: false };
      }
    },
  };
};

const isAbout = (record: RunbookRecord, id: string): boolean =>
  record.id === id || runOf(record) === id || ('session' in record && record.session === id);

/** What was written down about a run, a record or a session of the guide, the latest first. */
export async function* entriesOf(runbook: Pick<Runbook, 'read'>, id: string): AsyncGenerator<Entry> {
  const ids = new Set([id]);
  // A note of a run may have tags of its own.
  for await (const record of runbook.read({ holding: JSON.stringify(id) })) {
    if (isAbout(record, id) && record.id !== undefined) ids.add(record.id);
  }
  const told = laterFacts();
  for await (const record of runbook.read({ backward: true, fits: mayBelong(ids, 'named') })) {
    const entry = told(record);
    if (record.kind !== 'tagged' && isAbout(record, id)) yield entry;
  }
}

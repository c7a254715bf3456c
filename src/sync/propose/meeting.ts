import type { SourceRow } from '../../model/sync/source.ts';
import type { KeyRule } from '../../model/sync/subject.ts';
import { byItself } from '../by-itself.ts';
import type { Candidate } from './candidates.ts';
import { type Coarse, keyOfParts, ruledForm, ruleSets } from './key-rules.ts';
import type { ReadSide } from './reading.ts';
import type { Held, HeldKeys } from './sketch.ts';
import type { Sketched } from './sketched.ts';

const mostJoined = 4_000;

/** Of one row of a side: its number, and its key as it is written. */
interface KeyedRow {
  readonly row: number;
  readonly parts: readonly string[];
}

export interface JoinedKeys {
  readonly left: KeyedRow;
  readonly right: KeyedRow;
}

/** Two rows that a key joins. */
export interface JoinedRow {
  readonly left: SourceRow;
  readonly right: SourceRow;
}

/** How the keys of two candidates meet under the mildest rules that bring most of them together, in one range of hashes. */
export interface Meeting {
  readonly left: Candidate;
  readonly right: Candidate;
  readonly rules: readonly KeyRule[];
  /** Keys that were looked at. */
  readonly keys: { readonly left: number; readonly right: number };
  readonly matched: number;
  /** Without any rule. */
  readonly matchedPlain: number;
  /** Rows whose key another row of their side has, as a share. */
  readonly repeated: { readonly left: number; readonly right: number };
  /** Rows whose key is on both sides, and once on each. */
  readonly joined: readonly JoinedKeys[];
}

interface Counted {
  left: number;
  right: number;
  readonly rows: { left?: KeyedRow; right?: KeyedRow };
}

type Counting = ReadonlyMap<string, Counted>;

/** Rows of one key, as they are written; `more` were counted and not kept. */
interface KeyedRows {
  readonly rows: readonly KeyedRow[];
  readonly more: number;
}

/** How often each key occurs on either side under these rules. */
const countUnder = (
  sides: { readonly left: readonly KeyedRows[]; readonly right: readonly KeyedRows[] },
  rules: readonly KeyRule[],
): Counting => {
  const form = ruledForm(rules).of;
  const counted = new Map<string, Counted>();
  for (const side of ['left', 'right'] as const) {
    for (const { rows, more } of sides[side]) {
      for (const [at, row] of rows.entries()) {
        const key = keyOfParts(row.parts, form);
        if (key === undefined) continue;
        const known = counted.get(key) ?? { left: 0, right: 0, rows: {} };
        // Those that were not kept are counted with the first one.
        known[side] += at === 0 ? 1 + more : 1;
        known.rows[side] ??= row;
        counted.set(key, known);
      }
    }
  }
  return counted;
};

const tallied = (counted: Counting) => {
  const [keys, rows, repeated] = [
    { left: 0, right: 0 },
    { left: 0, right: 0 },
    { left: 0, right: 0 },
  ];
  let matched = 0;
  for (const one of counted.values()) {
    for (const side of ['left', 'right'] as const) {
      if (one[side] > 0) keys[side] += 1;
      rows[side] += one[side];
      if (one[side] > 1) repeated[side] += one[side];
    }
    if (one.left > 0 && one.right > 0) matched += 1;
  }
  const share = (side: 'left' | 'right'): number => (rows[side] === 0 ? 0 : repeated[side] / rows[side]);
  return { keys, matched, repeated: { left: share('left'), right: share('right') } };
};

/** Under a rule that makes one key of two, more would seem to meet. */
const mostNewlyRepeated = 0.002;
/** What brings together as good as all that any rule does. */
const nearlyAll = 0.998;

/** Hashes are below this. */
const allHashes = 2 ** 53;

/** Two sides in one form, in the range of hashes in which it is known what they have in common. */
interface Common {
  readonly left: readonly Held[];
  readonly right: readonly Held[];
  /** Of the range; where not all are held, by the share of it in which they are. */
  readonly keys: { readonly left: number; readonly right: number };
  /** Coarse keys that are on both sides: more than any rules bring together. */
  readonly matched: number;
}

const commonOf = (left: Sketched[number], right: Sketched[number], form: Coarse): Common | undefined => {
  const [ours, theirs] = [left.byForm.get(form)?.held(), right.byForm.get(form)?.held()];
  if (!ours || !theirs) return undefined;
  const range = Math.min(ours.common, theirs.common, allHashes);
  // What is held because another candidate has it says nothing here.
  const within = (one: HeldKeys, other: HeldKeys): readonly Held[] =>
    [...one.keys].flatMap(([hash, held]) => (hash < range && (hash < one.to || other.keys.has(hash)) ? [held] : []));
  const count = ({ keys, to }: HeldKeys): number => {
    const whole = Math.min(to, range);
    let below = 0;
    for (const hash of keys.keys()) if (hash < whole) below += 1;
    return Math.round((below * range) / whole);
  };
  let matched = 0;
  for (const hash of ours.keys.keys()) if (hash < range && theirs.keys.has(hash)) matched += 1;
  return {
    left: within(ours, theirs),
    right: within(theirs, ours),
    keys: { left: count(ours), right: count(theirs) },
    matched,
  };
};

/** Of two candidates, how large a share of keys may be in common, under whatever rules. */
export const mostCommon = (left: Sketched[number], right: Sketched[number]): number =>
  [...left.byForm.keys()].reduce((most, form) => {
    const common = commonOf(left, right, form);
    if (!common || common.matched === 0) return most;
    return Math.max(most, common.matched / Math.min(common.keys.left, common.keys.right));
  }, 0);

/** Reads the keys of these rows. */
const keyed = async (side: ReadSide, held: readonly Held[], { looks }: Candidate): Promise<readonly KeyedRows[]> => {
  const values = await side.rowsAt(
    held.flatMap(({ rows }) => rows),
    looks.map(({ at }) => at),
  );
  let next = 0;
  return held.map(({ rows, count }) => ({
    rows: rows.map((row) => {
      next += 1;
      return { row, parts: (values[next - 1] ?? []).map(byItself) };
    }),
    more: count - rows.length,
  }));
};

/** How two candidates meet; undefined where they do not. */
export const meet = async (
  left: Sketched[number],
  right: Sketched[number],
  form: Coarse,
  sides: Readonly<Record<'left' | 'right', ReadSide>>,
): Promise<Meeting | undefined> => {
  const common = commonOf(left, right, form);
  if (!common || common.matched === 0) return undefined;
  const read = {
    left: await keyed(sides.left, common.left, left.candidate),
    right: await keyed(sides.right, common.right, right.candidate),
  };
  const plain = tallied(countUnder(read, []));
  const tried: (ReturnType<typeof tallied> & { readonly rules: readonly KeyRule[]; readonly counted: Counting })[] = [];
  for (const rules of ruleSets[form]) {
    const counted = countUnder(read, rules);
    const tally = tallied(counted);
    const newly = Math.max(tally.repeated.left - plain.repeated.left, tally.repeated.right - plain.repeated.right);
    if (newly > mostNewlyRepeated) continue;
    tried.push({ rules, counted, ...tally });
    // No rule brings more together than the coarse form does.
    if (tally.matched >= nearlyAll * common.matched) break;
  }
  const most = tried.reduce((max, { matched }) => Math.max(max, matched), 0);
  const best = tried.find(({ matched }) => matched > 0 && matched >= nearlyAll * most);
  if (!best) return undefined;
  const joined: JoinedKeys[] = [];
  for (const { left: a, right: b, rows } of best.counted.values()) {
    if (a === 1 && b === 1 && rows.left && rows.right && joined.length < mostJoined)
      joined.push({ left: rows.left, right: rows.right });
  }
  const { rules, matched, repeated } = best;
  const { keys } = common;
  return {
    left: left.candidate,
    right: right.candidate,
    rules,
    keys,
    matched,
    matchedPlain: plain.matched,
    repeated,
    joined,
  };
};

import type { SourceRow } from '../../model/sync/source.ts';
import type { KeyRule } from '../../model/sync/subject.ts';
import type { Candidate } from './candidates.ts';
import { noKey } from './key-hash.ts';
import { type Coarse, coarseForm, keyOfParts, ruledForm, ruleSets } from './key-rules.ts';
import type { ReadSide } from './reading.ts';
import { type Held, type HeldKeys, newSketch, type Sketch } from './sketch.ts';

/** Keys that are held of a candidate: a share among them is known to 1.6 %. */
const mostKeys = 4_000;
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

/** Coarse forms in which it may meet another side. */
const coarseOf = ({ looks }: Candidate): readonly Coarse[] =>
  looks.length === 1 && looks[0]?.numbered ? ['text', 'digits'] : ['text'];

export type Sketched = readonly {
  readonly candidate: Candidate;
  readonly byForm: ReadonlyMap<Coarse, Sketch>;
}[];

/** The keys of all candidates of the other side in this form. */
const heldBy = (other: Sketched, form: Coarse): ReadonlySet<number> => {
  const hashes = new Set<number>();
  for (const { byForm } of other) for (const hash of byForm.get(form)?.held().keys.keys() ?? []) hashes.add(hash);
  return hashes;
};

const sketchSide = async (side: ReadSide, candidates: readonly Candidate[], other?: Sketched): Promise<Sketched> => {
  const wanted: Readonly<Partial<Record<Coarse, ReadonlySet<number>>>> = other
    ? { text: heldBy(other, 'text'), digits: heldBy(other, 'digits') }
    : {};
  const sketched = candidates.map((candidate) => ({
    candidate,
    byForm: new Map(coarseOf(candidate).map((form) => [form, newSketch(mostKeys, wanted[form])] as const)),
  }));
  if (candidates.length === 0) return sketched;
  await side.walk(
    sketched.flatMap(({ candidate, byForm }) =>
      [...byForm].map(([coarse, sketch]) => ({
        positions: candidate.looks.map(({ at }) => at),
        form: coarseForm(coarse),
        visit: (hash: number, row: number, parts: () => readonly string[]): void => {
          if (hash !== noKey) sketch.offer(hash, row, parts);
        },
      })),
    ),
  );
  return sketched;
};

/** One walk over each side for all of its candidates: the smaller one first, of which all keys may be held. */
export const sketchSides = async (
  sides: Readonly<Record<'left' | 'right', ReadSide>>,
  candidates: Readonly<Record<'left' | 'right', readonly Candidate[]>>,
): Promise<Readonly<Record<'left' | 'right', Sketched>>> => {
  const smallerIsRight =
    sides.right.bytes < sides.left.bytes ||
    (sides.right.bytes === sides.left.bytes && sides.right.head.length < sides.left.head.length);
  const [first, second] = smallerIsRight ? (['right', 'left'] as const) : (['left', 'right'] as const);
  const ofFirst = await sketchSide(sides[first], candidates[first]);
  const ofSecond = await sketchSide(sides[second], candidates[second], ofFirst);
  return smallerIsRight ? { left: ofSecond, right: ofFirst } : { left: ofFirst, right: ofSecond };
};

interface Counted {
  left: number;
  right: number;
  readonly rows: { left?: KeyedRow; right?: KeyedRow };
}

type Counting = ReadonlyMap<string, Counted>;

/** How often each key occurs on either side under these rules. */
const countUnder = (
  sides: { readonly left: readonly Held[]; readonly right: readonly Held[] },
  rules: readonly KeyRule[],
): Counting => {
  const form = ruledForm(rules).of;
  const counted = new Map<string, Counted>();
  for (const side of ['left', 'right'] as const) {
    for (const { rows, count } of sides[side]) {
      for (const [at, row] of rows.entries()) {
        const key = keyOfParts(row.parts, form);
        if (key === undefined) continue;
        const known = counted.get(key) ?? { left: 0, right: 0, rows: {} };
        // Those that were not kept are counted with the first one.
        known[side] += at === 0 ? 1 + count - rows.length : 1;
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

/** How two candidates meet; undefined where they do not. */
export const meet = (left: Sketched[number], right: Sketched[number], form: Coarse): Meeting | undefined => {
  const common = commonOf(left, right, form);
  if (!common || common.matched === 0) return undefined;
  const plain = tallied(countUnder(common, []));
  const tried: (ReturnType<typeof tallied> & { readonly rules: readonly KeyRule[]; readonly counted: Counting })[] = [];
  for (const rules of ruleSets[form]) {
    const counted = countUnder(common, rules);
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

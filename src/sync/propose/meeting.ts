import type { SourceRow } from '../../model/sync/source.ts';
import type { KeyRule } from '../../model/sync/subject.ts';
import { keyForm } from '../../reason/rows/key-forms.ts';
import { longHash } from '../duplicates/alone.ts';
import type { Candidate } from './candidates.ts';
import { type Coarse, coarseKey, joinedKey, ruleSets } from './key-rules.ts';
import type { ReadSide } from './reading.ts';
import { type Held, newSketch, type Sketch } from './sketch.ts';

/** Of the rows that are held for all candidates of a side together. */
const mostHeld = 18_000;
const mostOfOne = 4_000;
const mostJoined = 4_000;

export interface JoinedRow {
  readonly left: SourceRow;
  readonly right: SourceRow;
}

/** How the keys of two candidates meet under the mildest rules that bring most of them together, in one range of hashes. */
export interface Meeting {
  readonly left: Candidate;
  readonly right: Candidate;
  readonly rules: readonly KeyRule[];
  readonly keys: { readonly left: number; readonly right: number };
  readonly matched: number;
  /** Without any rule. */
  readonly matchedPlain: number;
  /** Rows whose key another row of their side has, as a share. */
  readonly repeated: { readonly left: number; readonly right: number };
  /** Rows whose key is on both sides, and once on each. */
  readonly joined: readonly JoinedRow[];
}

/** Coarse forms in which it may meet another side. */
const coarseOf = ({ looks }: Candidate): readonly Coarse[] =>
  looks.length === 1 && looks[0]?.numbered ? ['text', 'digits'] : ['text'];

export type Sketched = readonly {
  readonly candidate: Candidate;
  readonly byForm: ReadonlyMap<Coarse, Sketch>;
}[];

/** One walk over a side for all of its candidates. */
export const sketchKeys = async (side: ReadSide, candidates: readonly Candidate[]): Promise<Sketched> => {
  const most = Math.min(mostOfOne, Math.floor(mostHeld / Math.max(1, candidates.length)));
  const sketched = candidates.map((candidate) => ({
    candidate,
    byForm: new Map(coarseOf(candidate).map((form) => [form, newSketch(most)] as const)),
  }));
  if (candidates.length === 0) return sketched;
  await side.walk((row) => {
    for (const { candidate, byForm } of sketched) {
      for (const [form, sketch] of byForm) {
        const key = coarseKey(row, candidate.looks, form);
        if (key !== undefined) sketch.offer(longHash(key), row);
      }
    }
  });
  return sketched;
};

interface Counted {
  left: number;
  right: number;
  readonly rows: { left?: SourceRow; right?: SourceRow };
}

type Counting = ReadonlyMap<string, Counted>;

/** How often each key occurs on either side under these rules. */
const countUnder = (
  sides: { readonly left: readonly Held[]; readonly right: readonly Held[] },
  candidates: { readonly left: Candidate; readonly right: Candidate },
  rules: readonly KeyRule[],
): Counting => {
  const form = keyForm(rules);
  const counted = new Map<string, Counted>();
  for (const side of ['left', 'right'] as const) {
    for (const { rows, count } of sides[side]) {
      for (const [at, row] of rows.entries()) {
        const key = joinedKey(row, candidates[side].looks, form);
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

/** How many coarse keys are on both sides: more than any rules bring together. */
const commonBelow = (ours: ReadonlyMap<number, Held>, theirs: ReadonlyMap<number, Held>, to: number): number => {
  let count = 0;
  for (const hash of ours.keys()) if (hash < to && theirs.has(hash)) count += 1;
  return count;
};

const countBelow = (keys: ReadonlyMap<number, Held>, to: number): number => {
  if (to === Number.POSITIVE_INFINITY) return keys.size;
  let count = 0;
  for (const hash of keys.keys()) if (hash < to) count += 1;
  return count;
};

/** What share of the keys of the smaller side the other has under any rules, at most. */
export const mostCommon = (left: Sketched[number], right: Sketched[number]): number =>
  [...left.byForm].reduce((most, [form, sketch]) => {
    const other = right.byForm.get(form);
    if (!other) return most;
    const [ours, theirs] = [sketch.held(), other.held()];
    const to = Math.min(ours.to, theirs.to);
    const common = commonBelow(ours.keys, theirs.keys, to);
    if (common === 0) return most;
    return Math.max(most, common / Math.min(countBelow(ours.keys, to), countBelow(theirs.keys, to)));
  }, 0);

/** How two candidates meet; undefined where they do not. */
export const meet = (left: Sketched[number], right: Sketched[number], form: Coarse): Meeting | undefined => {
  const sketches = [left.byForm.get(form), right.byForm.get(form)] as const;
  if (!sketches[0] || !sketches[1]) return undefined;
  const [ours, theirs] = [sketches[0].held(), sketches[1].held()];
  const to = Math.min(ours.to, theirs.to);
  const possible = commonBelow(ours.keys, theirs.keys, to);
  if (possible === 0) return undefined;
  const below = (keys: ReadonlyMap<number, Held>): readonly Held[] =>
    [...keys].flatMap(([hash, held]) => (hash < to ? [held] : []));
  const sides = { left: below(ours.keys), right: below(theirs.keys) };
  const candidates = { left: left.candidate, right: right.candidate };
  const plain = tallied(countUnder(sides, candidates, []));
  const tried: (ReturnType<typeof tallied> & { readonly rules: readonly KeyRule[]; readonly counted: Counting })[] = [];
  for (const rules of ruleSets[form]) {
    const counted = countUnder(sides, candidates, rules);
    const tally = tallied(counted);
    const newly = Math.max(tally.repeated.left - plain.repeated.left, tally.repeated.right - plain.repeated.right);
    if (newly > mostNewlyRepeated) continue;
    tried.push({ rules, counted, ...tally });
    // No rule brings more together than the coarse form does.
    if (tally.matched >= nearlyAll * possible) break;
  }
  const most = tried.reduce((max, { matched }) => Math.max(max, matched), 0);
  const best = tried.find(({ matched }) => matched > 0 && matched >= nearlyAll * most);
  if (!best) return undefined;
  const joined: JoinedRow[] = [];
  for (const { left: a, right: b, rows } of best.counted.values()) {
    if (a === 1 && b === 1 && rows.left && rows.right && joined.length < mostJoined)
      joined.push({ left: rows.left, right: rows.right });
  }
  const { rules, keys, matched, repeated } = best;
  return { ...candidates, rules, keys, matched, matchedPlain: plain.matched, repeated, joined };
};

import type { KeyRule } from '../../model/sync/subject.ts';
import type { Candidate } from './candidates.ts';
import { ruledForm } from './key-rules.ts';
import type { ReadSide, Walked } from './reading.ts';

/** All keys of a side, counted. */
interface SideKeys {
  readonly rows: number;
  readonly whole: boolean;
  /** Rows without any part of the key. */
  readonly blank: number;
  readonly keys: number;
  /** Rows whose key another row has too. */
  readonly repeated: number;
}

export interface ExactKeys {
  readonly left: SideKeys;
  readonly right: SideKeys;
  /** Keys on both sides. */
  readonly matched: number;
}

/** Two candidates, and the rules under which their keys are to meet. */
interface Countable {
  readonly left: Candidate;
  readonly right: Candidate;
  readonly rules: readonly KeyRule[];
}

const keysOf = ({ looks }: Candidate, rules: readonly KeyRule[]) => {
  let hashes = new Float64Array(4096);
  let count = 0;
  const add = (more: Float64Array): void => {
    if (count + more.length > hashes.length) {
      const larger = new Float64Array(2 * (count + more.length));
      larger.set(hashes);
      hashes = larger;
    }
    hashes.set(more, count);
    count += more.length;
  };
  return {
    asked: { positions: looks.map(({ at }) => at), form: ruledForm(rules), into: { kind: 'all', add } as const },
    sorted: () => hashes.subarray(0, count).sort(),
  };
};

/** Sorted hashes, each once, in place, and how many rows share theirs. */
const distinct = (sorted: Float64Array): { readonly keys: Float64Array; readonly repeated: number } => {
  let [kept, repeated] = [0, 0];
  for (let at = 0; at < sorted.length; ) {
    let next = at + 1;
    while (next < sorted.length && sorted[next] === sorted[at]) next += 1;
    if (next - at > 1) repeated += next - at;
    sorted[kept] = sorted[at] ?? 0;
    kept += 1;
    at = next;
  }
  return { keys: sorted.subarray(0, kept), repeated };
};

const inBoth = (left: Float64Array, right: Float64Array): number => {
  let [matched, at] = [0, 0];
  for (const key of left) {
    while (at < right.length && (right[at] ?? 0) < key) at += 1;
    if (right[at] === key) matched += 1;
  }
  return matched;
};

const sideOf = ({ rows, whole }: Walked, blank: number, { keys, repeated }: ReturnType<typeof distinct>): SideKeys => ({
  rows,
  whole,
  blank,
  keys: keys.length,
  repeated,
});

/** Counts the keys of both sides as a comparison would, all of them in one walk over each side: 8 bytes a key. */
export const countKeys = async (
  sides: { readonly left: ReadSide; readonly right: ReadSide },
  countable: readonly Countable[],
): Promise<readonly ExactKeys[]> => {
  if (countable.length === 0) return [];
  const counted = async (side: 'left' | 'right') => {
    const counters = countable.map((one) => keysOf(one[side], one.rules));
    const walked = await sides[side].walk(counters.map(({ asked }) => asked));
    return counters.map((one, at) => {
      const keys = distinct(one.sorted());
      return { keys: keys.keys, facts: sideOf(walked, walked.blank[at] ?? 0, keys) };
    });
  };
  const [ours, theirs] = [await counted('left'), await counted('right')];
  return ours.flatMap((left, at) => {
    const right = theirs[at];
    return right ? [{ left: left.facts, right: right.facts, matched: inBoth(left.keys, right.keys) }] : [];
  });
};

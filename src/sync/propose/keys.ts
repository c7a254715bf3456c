import { spread } from '../../model/spread.ts';
import type { Forms } from './agreement.ts';
import { type Candidate, compositesOf, headersLike, isMereKey, mayMeet, singlesOf } from './candidates.ts';
import { countKeys } from './exact.ts';
import { type Judged, judge, mostCompared, type SameRecords, sameRecords } from './judge.ts';
import type { Look } from './looks.ts';
import { rowsFor } from './match.ts';
import { type JoinedKeys, type JoinedRow, type Meeting, meet, mostCommon } from './meeting.ts';
import type { ReadSide } from './reading.ts';
import { type Sketched, sketchSides } from './sketched.ts';

export interface LookedSide {
  readonly side: ReadSide;
  readonly looks: readonly Look[];
}

type Sides = Readonly<Record<'left' | 'right', LookedSide>>;

const mostMeetings = 8;
/** All are counted in one walk over each side. */
const mostCounted = 4;

/** The rows of both sides that keys join. */
export const joinedRows = async (
  joined: readonly JoinedKeys[],
  { left, right }: Sides,
): Promise<readonly JoinedRow[]> => {
  const [ours, theirs] = [
    await left.side.rowsAt(joined.map((one) => one.left.row)),
    await right.side.rowsAt(joined.map((one) => one.right.row)),
  ];
  return ours.map((row, at) => ({ left: row, right: theirs[at] ?? [] }));
};

interface Tried {
  readonly meeting: Meeting;
  readonly same: SameRecords;
  readonly worth: number;
}

/** What a meeting promises by its sample alone, were the records that it joins the same. */
const promiseOf = ({ left, right, keys, matched, repeated }: Meeting): number => {
  const overlap = matched / Math.max(1, Math.min(keys.left, keys.right));
  const unique = 1 - Math.max(repeated.left, repeated.right);
  const id = left.kind === 'id' || right.kind === 'id' ? 1 : 0.9;
  return unique * unique * (0.3 + 0.7 * overlap) * id * (0.8 + 0.2 * headersLike(left, right));
};

const agreeing = ({ agreeing: columns, comparable }: SameRecords): number =>
  columns.length > 0 ? 1 : comparable > 0 ? 0.1 : 0.4;

/** Columns that by their names should meet and do not: why there is no key is told of these. */
const unmet = (pairs: readonly (readonly [Candidate, Candidate])[], judged: readonly Judged[]): readonly Tried[] =>
  pairs
    .filter(
      ([left, right]) =>
        headersLike(left, right) >= 0.85 &&
        !judged.some(({ meeting }) => meeting.left === left || meeting.right === right),
    )
    .slice(0, 2)
    .map(([left, right]) => ({
      meeting: {
        left,
        right,
        rules: [],
        keys: { left: 0, right: 0 },
        matched: 0,
        matchedPlain: 0,
        repeated: { left: 0, right: 0 },
        joined: [],
      },
      same: { comparable: 0, agreeing: [] },
      worth: 0,
    }));

const trial = async (
  pairs: readonly (readonly [Sketched[number], Sketched[number]])[],
  sides: Sides,
  forms: Forms,
): Promise<readonly Tried[]> => {
  const looks = { left: sides.left.looks, right: sides.right.looks };
  const read = { left: sides.left.side, right: sides.right.side };
  const shareOf = ({ matched, keys }: Meeting): number => matched / Math.min(keys.left, keys.right);
  // No rule brings more together than what is in common at most: pairs that cannot be among the best are not tried.
  const hopeful = pairs
    .map((pair) => ({ pair, most: mostCommon(...pair) }))
    .filter(({ most }) => most > 0)
    .toSorted((a, b) => b.most - a.most);
  const meetings: Meeting[] = [];
  for (const { pair, most } of hopeful) {
    if (meetings.filter((one) => shareOf(one) >= most).length >= mostMeetings) break;
    const asText = await meet(...pair, 'text', read);
    const half = asText ? shareOf(asText) : 0;
    const asDigits = half < 0.5 ? await meet(...pair, 'digits', read) : undefined;
    const best = asDigits && asDigits.matched > 1.5 * (asText?.matched ?? 0) ? asDigits : asText;
    if (best) meetings.push(best);
  }
  const promising = meetings
    .toSorted((a, b) => shareOf(b) - shareOf(a))
    .slice(0, mostMeetings)
    .map((meeting) => ({ meeting, promise: promiseOf(meeting) }))
    .toSorted((a, b) => b.promise - a.promise);
  const compared = rowsFor(mostCompared, Math.max(looks.left.length, looks.right.length));
  const tried: Tried[] = [];
  for (const { meeting, promise } of promising) {
    // Only so many are counted: what cannot be among them any more is not looked at.
    if (tried.filter(({ worth }) => worth >= promise).length >= mostCounted) break;
    const joined = await joinedRows(spread(meeting.joined, compared), sides);
    const same = sameRecords(joined, meeting, looks, forms);
    tried.push({ meeting, same, worth: promise * agreeing(same) });
  }
  return tried.toSorted((a, b) => b.worth - a.worth);
};

const countTried = async (tried: readonly Tried[], sides: Sides): Promise<readonly Judged[]> => {
  const few = tried.slice(0, mostCounted);
  const counted = await countKeys(
    { left: sides.left.side, right: sides.right.side },
    few.map(({ meeting }) => meeting),
  );
  return few
    .flatMap(({ meeting, same }, at) => {
      const exact = counted[at];
      return exact ? [judge(meeting, exact, same)] : [];
    })
    .toSorted((a, b) => b.score - a.score);
};

interface FoundKeys {
  /** That will do, the best first. */
  readonly good: readonly Judged[];
  readonly failed: readonly Judged[];
}

/** A column is the key of one pair only: its better half is named. */
const eachOnce = (judged: readonly Judged[]): readonly Judged[] => {
  const taken = new Set<string>();
  return judged.filter(({ meeting }) => {
    const names = (['left', 'right'] as const).map(
      (side) => `${side} ${meeting[side].looks.map(({ at }) => at).join()}`,
    );
    if (names.some((name) => taken.has(name))) return false;
    for (const name of names) taken.add(name);
    return true;
  });
};

const isGood = ({ why, confidence }: Judged): boolean => why.length === 0 && confidence >= 0.4;

/** Looks for the key: one column first, several together where none will do. */
export const findKeys = async (sides: Sides, forms: Forms): Promise<FoundKeys> => {
  const { left, right } = sides;
  const singles = {
    left: singlesOf(left.looks, right.looks),
    right: singlesOf(right.looks, left.looks),
  };
  const read = { left: left.side, right: right.side };
  const ofOne = await sketchSides(read, singles);
  const pairs = ofOne.left.flatMap((one) =>
    ofOne.right.flatMap((other) => (mayMeet(one.candidate, other.candidate) ? [[one, other] as const] : [])),
  );
  const judged = await countTried(await trial(pairs, sides, forms), sides);
  const good = eachOnce(judged.filter(isGood));
  // A number that no name calls an id may be unique by chance.
  if (good.some(({ meeting }) => !isMereKey(meeting.left, meeting.right))) return { good, failed: [] };
  const composites = compositesOf(
    { head: left.side.head, looks: left.looks },
    { head: right.side.head, looks: right.looks },
  );
  const candidates = (at: 0 | 1): readonly Candidate[] => composites.map((pair) => pair[at]);
  const ofSeveral = await sketchSides(read, { left: candidates(0), right: candidates(1) });
  const together = composites.flatMap((_, at) => {
    const [one, other] = [ofSeveral.left[at], ofSeveral.right[at]];
    return one && other ? [[one, other] as const] : [];
  });
  const more = await countTried(await trial(together, sides, forms), sides);
  const found = [...more.filter(isGood), ...good].toSorted((a, b) => b.score - a.score);
  if (found.length > 0) return { good: found, failed: [] };
  const named = pairs.map(([one, other]) => [one.candidate, other.candidate] as const);
  const apart = await countTried(unmet(named, judged), sides);
  return { good: [], failed: eachOnce([...judged, ...more, ...apart]) };
};

import { spread } from '../../model/spread.ts';
import { type Agreement, agreements, type Forms } from './agreement.ts';
import { columnPairs } from './column-pairs.ts';
import { coarseKey } from './key-rules.ts';
import type { Look } from './looks.ts';
import type { JoinedRow } from './meeting.ts';

/** Two columns that belong together, and how that is known. */
export interface Match {
  readonly left: Look;
  readonly right: Look;
  /** Of the headers, 0 to 1. */
  readonly like: number;
  /** In joined rows; absent where none are. */
  readonly found?: Agreement;
  /** Joined rows that were looked at. */
  readonly rows: number;
  /** How far the next best column is behind; small: it could as well be that one. */
  readonly margin: number;
}

interface Matched {
  readonly matches: readonly Match[];
  /** Alike by name, but each system's own: ids that nothing has to do with each other. */
  readonly own: readonly Match[];
}

const mostRows = 600;
const mostValues = 500_000;
const fewestRows = 50;

/** Rows in which so many columns are held against each other: fewer of a very wide table. */
export const rowsFor = (most: number, columns: number): number =>
  Math.max(fewestRows, Math.min(most, Math.floor(mostValues / Math.max(1, columns))));

/** From so many rows on values speak for or against a pair. */
const enough = 8;
const sameName = 0.75;

const hasSaid = (found: Agreement | undefined): found is Agreement & { readonly lift: number } =>
  found?.lift !== undefined && found.n >= enough;

/** Values that leave no doubt, whatever the names are. */
const byValues = (found: Agreement | undefined): boolean =>
  hasSaid(found) && found.lift >= 0.6 && (found.sure ?? 0) >= 0.4;

/** Names weigh as much as values: both may mislead alone. */
const scoreOf = (like: number, found: Agreement | undefined): number => {
  const name = like === 1 ? 1.15 : like;
  return hasSaid(found) ? 0.5 * name + 0.5 * found.lift : 0.75 * name;
};

const belongs = (like: number, found: Agreement | undefined): boolean => {
  if (like >= sameName) return true;
  if (!hasSaid(found) || found.sure === undefined) return false;
  // A light likeness of names and a clear one of values, or values alone that leave no doubt.
  return (like >= 0.4 && found.lift >= 0.3 && found.sure >= 0.15) || byValues(found);
};

/** What a spreadsheet makes of a long number: the same one, to the digits that are left. */
const scientific = /^[+-]?\d(?:\.\d{1,20})?[eE]\+?(\d{1,2})$/;
const isRounded = (one: string, other: string): boolean => {
  const digits = scientific.test(one) ? (one.split(/[eE]/)[0] ?? '').replace(/\D/g, '') : undefined;
  return (
    digits !== undefined &&
    /^\d{5,40}$/.test(other) &&
    Math.abs(Number(one) / Number(other) - 1) < 10 ** (1 - digits.length)
  );
};

/** Whether the ids of a row are one that was harmed on the way: that is a difference, and a bad one. */
const isHarmed = (row: JoinedRow, left: Look, right: Look): boolean => {
  const [one, other] = [row.left[left.at] ?? '', row.right[right.at] ?? ''];
  if (isRounded(one, other) || isRounded(other, one)) return true;
  return (['text', 'digits'] as const).some((coarse) => {
    const key = coarseKey(row.left, [left], coarse);
    return key !== undefined && key === coarseKey(row.right, [right], coarse);
  });
};

/** Equal names, values of which hardly two are the same, and none equal in the rows of one record. */
const isOwn = (
  { left, right }: Pick<Match, 'left' | 'right'>,
  found: Agreement | undefined,
  rows: readonly JoinedRow[],
): boolean =>
  hasSaid(found) &&
  found.lift < 0.02 &&
  [left, right].every(({ type, unique, header }) => (type === 'id' || header.meanings.has('id')) && unique > 0.9) &&
  2 * rows.filter((row) => isHarmed(row, left, right)).length < rows.length;

/** By column of a side, the pairs that it is in. */
const byColumn = <Pair extends Readonly<Record<'left' | 'right', Look>>>(
  pairs: readonly Pair[],
  side: 'left' | 'right',
): ReadonlyMap<number, readonly Pair[]> => {
  const found = new Map<number, Pair[]>();
  for (const pair of pairs) {
    const own = found.get(pair[side].at);
    if (own) own.push(pair);
    else found.set(pair[side].at, [pair]);
  }
  return found;
};

type Paired = Pick<Match, 'left' | 'right' | 'like' | 'found'>;

/** Of a name and values that have nothing to do with each other: less than values alone that leave no doubt. */
const nameAgainstValues = 0.25;
const nothing = 0.1;
const alike = 0.5;

/**
 * How much speaks for a pair; undefined for one that does not belong together. Names that promise what no value keeps yield to the
 * column that has the values. Unless two such pairs have each other's values: then these were swapped, which is to be seen.
 */
const weighed = (pairs: readonly Paired[]): ((pair: Paired) => number | undefined) => {
  const told = pairs.filter(({ found }) => byValues(found));
  const rivals = { left: byColumn(told, 'left'), right: byColumn(told, 'right') };
  const named = pairs.filter(({ like, found }) => like >= alike && hasSaid(found) && found.lift < nothing);
  const partners = byColumn(named, 'right');
  const [kept, dropped, beaten] = [new Set<Paired>(), new Set<Paired>(), new Set<Paired>()];
  for (const pair of named) {
    const others = rivals.left.get(pair.left.at) ?? [];
    const theirs = rivals.right.get(pair.right.at) ?? [];
    for (const one of others)
      for (const other of theirs) {
        const partner = partners.get(one.right.at)?.find(({ left }) => left.at === other.left.at);
        if (!partner || pair.like + partner.like < one.like + other.like + alike) continue;
        for (const swapped of [pair, partner]) kept.add(swapped);
        for (const value of [one, other]) dropped.add(value);
      }
    // One name to the letter on both sides is a promise: it yields only where both columns find another one.
    const least = pair.left.header.plain === pair.right.header.plain ? 2 : 1;
    if (Number(others.length > 0) + Number(theirs.length > 0) >= least) beaten.add(pair);
  }
  return (pair) => {
    const { like, found } = pair;
    if (dropped.has(pair) || (!kept.has(pair) && !belongs(like, found))) return undefined;
    return beaten.has(pair) && !kept.has(pair) ? nameAgainstValues * like : scoreOf(like, found);
  };
};

/** Columns that are compared, by names and by the rows that the key joins; the key's own are left out. */
export const matchColumns = (
  looks: { readonly left: readonly Look[]; readonly right: readonly Look[] },
  joined: readonly JoinedRow[],
  forms: Forms,
): Matched => {
  const rows = spread(joined, rowsFor(mostRows, looks.left.length));
  const agreementOf = rows.length > 0 ? agreements(rows, forms) : undefined;
  const pairs = columnPairs(looks.left, looks.right).map((pair): Paired => {
    const known = pair.left.filled > 0 && pair.right.filled > 0;
    const found = known ? agreementOf?.(pair.left, pair.right, pair.like < 0.4) : undefined;
    return { ...pair, ...(found ? { found } : {}) };
  });
  const weigh = weighed(pairs);
  const all = pairs.flatMap((pair) => {
    const score = weigh(pair);
    return score === undefined ? [] : [{ ...pair, score }];
  });
  const sorted = all.toSorted((a, b) => b.score - a.score || a.left.at - b.left.at || a.right.at - b.right.at);
  const rivals = { left: byColumn(sorted, 'left'), right: byColumn(sorted, 'right') };
  const taken = { left: new Set<number>(), right: new Set<number>() };
  const [matches, own]: [Match[], Match[]] = [[], []];
  for (const one of sorted) {
    const { left, right, score, ...rest } = one;
    if (taken.left.has(left.at) || taken.right.has(right.at)) continue;
    taken.left.add(left.at);
    taken.right.add(right.at);
    const next = Math.max(
      ...[...(rivals.left.get(left.at) ?? []), ...(rivals.right.get(right.at) ?? [])].map((other) =>
        other === one ? Number.NEGATIVE_INFINITY : other.score,
      ),
    );
    const match = { left, right, ...rest, rows: rows.length, margin: Number.isFinite(next) ? score - next : 1 };
    (isOwn(match, one.found, rows) ? own : matches).push(match);
  }
  const byPlace = (list: readonly Match[]): readonly Match[] => list.toSorted((a, b) => a.left.at - b.left.at);
  return { matches: byPlace(matches), own: byPlace(own) };
};

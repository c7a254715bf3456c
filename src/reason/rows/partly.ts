import type { Side } from '../../model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../model/sync/view.ts';
import { fieldsOn } from './fields.ts';
import { momentOf } from './moments.ts';
import { fisherAtLeast } from './statistics.ts';

/** What sets some records of a kind apart from the others of the same kind. */
export type Apart =
  | {
      /** All that are of this moment or later, or all that are before it. Milliseconds since 1970. */
      readonly kind: 'since' | 'before';
      readonly column: string;
      readonly at: number;
      /** Of those that the moment is about, how many there are, and how many of the others it is about as well. */
      readonly n: number;
      readonly spared: number;
    }
  | {
      readonly kind: 'segment';
      readonly column: string;
      readonly value: string;
      readonly n: number;
      readonly spared: number;
    };

const fewest = 20;
const leastSpared = 10;
const mostValues = 60;
const nearly = 0.95;
const rarely = 0.05;
const mostChance = 1e-6;

interface Groups {
  /** Places among the present records. */
  readonly hit: readonly number[];
  readonly spared: readonly number[];
}

const isApart = (n: number, besides: number, { hit, spared }: Groups, tried: number): boolean =>
  n >= nearly * hit.length &&
  besides <= rarely * spared.length &&
  fisherAtLeast(n, hit.length - n, besides, spared.length - besides) * tried < mostChance;

/** The moment that the most of the hit ones are on one side of and the fewest of the others. */
const momentApart = (column: string, times: readonly (number | undefined)[], groups: Groups): Apart | undefined => {
  const timesOf = (places: readonly number[]) =>
    places.flatMap((place) => times[place] ?? []).toSorted((a, b) => a - b);
  const [hit, spared] = [timesOf(groups.hit), timesOf(groups.spared)];
  if (hit.length < nearly * groups.hit.length || spared.length < leastSpared) return undefined;
  // A few may have been changed by hand at any time.
  for (const share of [0, 0.01, 0.03]) {
    const [first = 0, last = 0] = [hit[Math.floor(share * hit.length)], hit[Math.ceil((1 - share) * hit.length) - 1]];
    for (const [kind, at, meets] of [
      ['since', first, (time: number) => time >= first],
      ['before', last + 1, (time: number) => time <= last],
    ] as const) {
      const [n, besides] = [hit.filter(meets).length, spared.filter(meets).length];
      if (isApart(n, besides, groups, hit.length + spared.length)) return { kind, column, at, n, spared: besides };
    }
  }
  return undefined;
};

const segmentApart = (column: string, values: readonly string[], groups: Groups): Apart | undefined => {
  const counts = new Map<string, number>();
  for (const place of groups.hit) {
    const value = values[place] ?? '';
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > mostValues) return undefined;
  }
  for (const [value, n] of counts) {
    const besides = groups.spared.filter((place) => values[place] === value).length;
    if (value !== '' && isApart(n, besides, groups, 100)) return { kind: 'segment', column, value, n, spared: besides };
  }
  return undefined;
};

/**
 * What sets the hit records apart from the others of a kind: a time of either side since which, or before which, all of them are, or the
 * value of a column that only they have. `without`: the column that the kind is told by.
 */
export const apartIn = (
  view: ComparisonView,
  kindOf: (pair: RowPair) => 'hit' | 'spared' | undefined,
  without: number,
): Apart | undefined => {
  const kinds = view.present.map(({ pair }) => kindOf(pair));
  const placesOf = (kind: 'hit' | 'spared') => kinds.flatMap((one, place) => (one === kind ? [place] : []));
  const groups: Groups = { hit: placesOf('hit'), spared: placesOf('spared') };
  if (groups.hit.length < fewest || groups.spared.length < leastSpared) return undefined;
  const fields = (['right', 'left'] as const satisfies readonly Side[]).flatMap((side) =>
    fieldsOn(view, side)
      .filter(({ at }) => at !== without)
      .map((field) => ({ field, zone: view.config[side].timeZone })),
  );
  const isTime = ({ field: { type, role } }: (typeof fields)[number]): boolean =>
    type === 'date' || type === 'timestamp' || role === 'created-at' || role === 'updated-at';
  // That of the job itself is told before a date of the record that runs along it.
  const timed = fields.filter(isTime).toSorted((a, b) => (a.field.role ? 0 : 1) - (b.field.role ? 0 : 1));
  for (const { field, zone } of timed) {
    const found = momentApart(
      field.name,
      field.present.map((value, place) => (kinds[place] ? momentOf(value, zone) : undefined)),
      groups,
    );
    if (found) return found;
  }
  for (const { field } of fields.filter((one) => !isTime(one))) {
    const found = field.role === 'deleted' ? undefined : segmentApart(field.name, field.present, groups);
    if (found) return found;
  }
  return undefined;
};

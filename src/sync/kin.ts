import type { Side } from '../model/sync/side.ts';
import type { ComparisonView, SeenRow } from '../model/sync/view.ts';
import { type MatchKey, matchKey } from '../reason/rows/matches.ts';
import type { Address, Joined } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';
import { readRows } from './read-samples.ts';

/** So many lone records that share a value with a present one of the sample are worth a pass over both sides. */
const fewestShared = 3;
/** Where so many of them would do so if each had another half, a sample that holds fewer says that they have none. */
const surelyShared = 20;
/** So many records a side are gone through in a few seconds. */
const quicklyRead = 1_000_000;
const fewestLone = 20;
const mostKin = 20_000;
/** Values of a column that tell records apart: of so many of the sample, so large a share is different. */
const leastDistinct = 0.9;
/** More records than this under one value are a switchboard, and tell nobody apart. */
const mostAlike = 20;

type Sampled = Pick<ComparisonView, 'columns' | 'missing' | 'extra' | 'present'>;
type Values = readonly string[];

/** A column in which two records that are one share their value. */
interface Telling {
  readonly at: number;
  readonly keyOf: (value: string) => MatchKey | undefined;
}

const sampleValues = ({ missing, extra, present }: Sampled): readonly Values[] => [
  ...missing.map(({ values }) => values),
  ...extra.map(({ values }) => values),
  ...present.flatMap(({ pair: { left, right } }) => (left === right ? [left] : [left, right])),
];

/** E-mail addresses and telephones; where there are none, the column that tells most records apart. */
const tellingOf = ({ columns, present }: Sampled): readonly Telling[] => {
  const own = columns.flatMap(({ at, type, key }): readonly Telling[] =>
    !key && (type === 'email' || type === 'phone') ? [{ at, keyOf: (value) => matchKey(value, type) }] : [],
  );
  if (own.length > 0) return own;
  const [best] = columns
    .filter(({ key, role, type }) => !key && role === undefined && !['date', 'timestamp'].includes(type))
    .map(({ at }) => {
      const filled = present.map(({ pair }) => pair.left[at] ?? '').filter((value) => value !== '');
      return { at, share: new Set(filled).size / Math.max(1, present.length) };
    })
    .filter(({ share }) => share >= leastDistinct)
    .toSorted((a, b) => b.share - a.share);
  return best ? [{ at: best.at, keyOf: (value) => (value === '' || value.length > 500 ? undefined : value) }] : [];
};

/** How many of these share a value with a present record of the sample. */
const sharedBy = (rows: readonly SeenRow[], known: ReadonlySet<MatchKey>, { at, keyOf }: Telling): number =>
  rows.filter(({ values }) => {
    const key = keyOf(values[at] ?? '');
    return key !== undefined && known.has(key);
  }).length;

const isWorthwhile = (sampled: Sampled, telling: readonly Telling[], matched: number): boolean => {
  const { missing, extra, present } = sampled;
  const lone = [missing, extra].filter((rows) => rows.length >= fewestLone);
  if (lone.length === 0) return false;
  // Of few records hardly one would meet its other half in the sample, though all have one.
  const cannotTell = lone.some((rows) => rows.length * present.length < surelyShared * matched);
  if (cannotTell && matched <= quicklyRead) return true;
  return telling.some((one) => {
    const keys = present.map(({ pair }) => one.keyOf(pair.right[one.at] ?? ''));
    const known = new Set(keys.filter((key): key is MatchKey => key !== undefined));
    return lone.some((rows) => sharedBy(rows, known, one) >= fewestShared);
  });
};

/**
 * Records besides the samples that share a telling value with one of them. Of a large side a sample of the present records hardly holds
 * the other half of a record that was made twice or merged: where it holds some, all are looked for, those of the present records of the
 * sample as well, so that both are held against each other fairly. `seen`: the addresses of what is in the samples.
 */
export const kinOf = async (
  joined: Pick<Joined, 'find' | 'read' | 'counts'>,
  mapping: Pick<ColumnMapping, 'positions' | 'unmapped'>,
  sampled: Sampled,
  seen: Readonly<Record<Side, Iterable<Address>>>,
): Promise<ComparisonView['kin']> => {
  const telling = tellingOf(sampled);
  const { find, counts } = joined;
  if (!find || telling.length === 0 || !isWorthwhile(sampled, telling, counts.matched)) return undefined;
  const all = sampleValues(sampled);
  const wanted = telling.map(({ at, keyOf }) => {
    const keys = new Set(all.map((values) => keyOf(values[at] ?? '')));
    keys.delete(undefined);
    return { at, keyOf, keys };
  });
  const onSide = async (side: Side): Promise<readonly SeenRow[]> => {
    const columns = wanted.flatMap(({ at, ...one }) => {
      const position = mapping.positions[side][at];
      return position === undefined ? [] : [{ ...one, position, met: new Map<MatchKey, number>() }];
    });
    const keep = (record: Values): boolean =>
      columns.some(({ position, keyOf, keys, met }) => {
        const key = keyOf(record[position] ?? '');
        if (key === undefined || !keys.has(key)) return false;
        const times = (met.get(key) ?? 0) + 1;
        met.set(key, times);
        return times <= mostAlike;
      });
    const positions = columns.map(({ position }) => position);
    const known = new Set(seen[side]);
    // What is in the samples has its own values and is met again.
    const most = mostKin + known.size;
    const found = (await find(side, { positions, keep, most })).filter((address) => !known.has(address));
    const { values } = await readRows(joined, mapping, side, found);
    return values.map((row): SeenRow => ({ values: row, ranks: {} }));
  };
  const [left, right] = [await onSide('left'), await onSide('right')];
  return { left, right };
};

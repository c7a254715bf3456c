import type { ComparedColumn } from '../../model/sync/column.ts';
import { opposite, type Side } from '../../model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';
import type { Zones } from './moment-pairs.ts';
import { zonesOf } from './moment-pairs.ts';
import { momentOf } from './moments.ts';

/** Where a pair tells when it was made and last changed; plain, so that it travels in parameters. */
export interface AgeColumns extends Zones {
  readonly [name: string]: unknown;
  readonly updated: number;
  readonly created?: number;
}

export const ageColumnsOf = oncePerView((view): AgeColumns | undefined => {
  const at = (role: 'updated-at' | 'created-at') => view.columns.find((column) => column.role === role)?.at;
  const [updated, created] = [at('updated-at'), at('created-at')];
  return updated === undefined
    ? undefined
    : { updated, ...(created === undefined ? {} : { created }), ...zonesOf(view) };
});

export const updatedOn = (
  pair: RowPair,
  side: Side,
  { updated, leftZone, rightZone }: AgeColumns,
): number | undefined => momentOf(pair[side][updated] ?? '', side === 'left' ? leftZone : rightZone);

export const createdOn = (
  pair: RowPair,
  side: Side,
  { created, leftZone, rightZone }: AgeColumns,
): number | undefined =>
  created === undefined ? undefined : momentOf(pair[side][created] ?? '', side === 'left' ? leftZone : rightZone);

/** Columns that people fill: no key, no time that a system keeps, nothing that it calculates. */
export const isFilledIn = ({ key, role, leftSource, rightSource }: ComparedColumn): boolean =>
  !key &&
  role !== 'updated-at' &&
  role !== 'created-at' &&
  leftSource.calculated !== true &&
  rightSource.calculated !== true;

/** `besides`: columns that say nothing of it, as another fault is in them. */
export const saysOther = (
  { left, right }: RowPair,
  columns: readonly ComparedColumn[],
  besides: readonly number[] = [],
): boolean =>
  columns.some((column) => left[column.at] !== right[column.at] && isFilledIn(column) && !besides.includes(column.at));

/** More of all records than people write into one column between two runs. */
const byHand = 0.05;

/** Columns that differ in more of these rows than people change: a fault of their own is in them. */
export const faultyColumns = ({ columns }: Pick<ComparisonView, 'columns'>, rows: readonly Aged[]): readonly number[] =>
  columns
    .filter((column) => {
      if (!isFilledIn(column)) return false;
      const n = rows.filter(({ pair: { left, right } }) => left[column.at] !== right[column.at]).length;
      return n > byHand * rows.length;
    })
    .map(({ at }) => at);

const shareOf = (pairs: readonly RowPair[], at: number): number =>
  pairs.filter(({ left, right }) => left[at] !== right[at]).length / Math.max(1, pairs.length);

/** Of how many others a share is known. */
const fewestOthers = 20;

/** Whether a column differs in these pairs more than in the others; if not, a fault of its own is in it, whoever wrote when. */
export const differsMoreIn = (pairs: readonly RowPair[], others: readonly RowPair[], at: number): boolean =>
  others.length < fewestOthers || shareOf(pairs, at) > 2 * shareOf(others, at);

/** Columns in which something differs, of those that are filled in and the updated-at: what an update takes along. */
export const carriedColumns = (view: ComparisonView): readonly number[] =>
  view.columns
    .filter((column) => (view.differing[column.at] ?? 0) > 0 && (isFilledIn(column) || column.role === 'updated-at'))
    .map(({ at }) => at);

/** A pair with its times, of those that are on both sides and tell both. */
export interface Aged {
  readonly pair: RowPair;
  readonly left: number;
  readonly right: number;
  readonly leftCreated?: number;
  readonly rightCreated?: number;
  /** Something that people fill in differs. */
  readonly other: boolean;
}

export const agedPairs = oncePerView((view): readonly Aged[] => {
  const ages = ageColumnsOf(view);
  if (!ages) return [];
  const oneZone = ages.leftZone === ages.rightZone;
  return view.present.flatMap(({ pair }) => {
    // Of equal records both sides are mostly one and the same list.
    const alike = oneZone && pair.left === pair.right;
    const left = updatedOn(pair, 'left', ages);
    const right = alike ? left : updatedOn(pair, 'right', ages);
    if (left === undefined || right === undefined) return [];
    const leftCreated = createdOn(pair, 'left', ages);
    const rightCreated = alike ? leftCreated : createdOn(pair, 'right', ages);
    return [
      {
        pair,
        left,
        right,
        ...(leftCreated === undefined ? {} : { leftCreated }),
        ...(rightCreated === undefined ? {} : { rightCreated }),
        other: pair.left !== pair.right && saysOther(pair, view.columns),
      },
    ];
  });
});

/** Nobody else writes whole minutes as often. */
const mostlyMinutes = 0.95;

const minutesOn = (side: Side) =>
  oncePerView((view): boolean => {
    const aged = agedPairs(view);
    return aged.filter(({ [side]: time }) => time % 60_000 === 0).length >= mostlyMinutes * aged.length;
  });

/** Whether the update times of this side are written without their seconds, as some exports show them. */
export const inMinutes = { left: minutesOn('left'), right: minutesOn('right') };

/** Where more are behind than not, the times of the sides are those of two clocks. */
const mostBehind = 0.5;

const behindOn = (side: Side) =>
  oncePerView((view): ReadonlySet<RowPair> => {
    const aged = agedPairs(view);
    const other = opposite(side);
    const behind = aged.filter(({ [side]: own, [other]: newer }) => own < newer);
    return new Set(behind.length <= mostBehind * aged.length ? behind.map(({ pair }) => pair) : []);
  });

/** Present pairs of which this side has not heard the last change of the other one; none where times do not tell. */
export const behindPairs = { left: behindOn('left'), right: behindOn('right') };

/** Seconds of a duration, or minutes where it is long, for a sentence. */
export const shortly = (ms: number): { readonly en: string; readonly ja: string } => {
  const seconds = Math.abs(ms) / 1000;
  if (seconds < 120) {
    const said = Number(seconds.toFixed(seconds < 10 ? 1 : 0));
    return { en: `${said} s`, ja: `${said} 秒` };
  }
  const minutes = Math.round(seconds / 60);
  return { en: `${minutes} minutes`, ja: `${minutes} 分` };
};

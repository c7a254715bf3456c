import { grouped, type Text } from '../../model/text.ts';
import { instantOf, momentOf } from '../../reason/moments.ts';
import type { Look } from './looks.ts';
import type { JoinedRow } from './meeting.ts';

/** What the times of two columns have to do with each other, in rows of one record. */
type TimesApart =
  | { readonly kind: 'alike' }
  /** Nearly all are within this. */
  | { readonly kind: 'near'; readonly tolerance: string; readonly says: Text }
  /** Nearly all are apart by the same: a time zone that was left out or a clock that is wrong, which is to be found out. */
  | { readonly kind: 'shifted'; readonly says: Text }
  /** Each system notes its own time. */
  | { readonly kind: 'own'; readonly says: Text };

const fewest = 10;
const nearly = 0.95;
const steps: readonly (readonly [number, string])[] = [
  [1_000, '1s'],
  [2_000, '2s'],
  [5_000, '5s'],
  [60_000, '1m'],
];
const quarter = 15 * 60_000;

const shownShift = (ms: number): string => {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  return `${ms < 0 ? '-' : '+'}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

const minute = 60_000;
/** So much may pass until a record is copied, and so far off a clock may be. */
const delay = minute;
const leastSkew = 5_000;
const mostSkew = 10 * minute;
const narrow = 10_000;

/**
 * Apart by the same few seconds or minutes in nearly all rows, and in none of them by much less: more than the time that a copy
 * takes, or before what it is a copy of.
 */
const skewOf = (apart: readonly number[]): number | undefined => {
  const sorted = apart.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const middle = at(0.5);
  // Times without seconds are apart by whole minutes.
  const span = apart.every((one) => one % minute === 0) ? minute : narrow;
  const alike = apart.filter((one) => Math.abs(one - middle) <= span && Math.abs(one) >= Math.abs(middle) / 2).length;
  const may = middle > delay || middle < -leastSkew;
  return may && Math.abs(middle) <= mostSkew && alike >= nearly * apart.length ? middle : undefined;
};

/** Undefined: too few times on both sides to say anything. */
export const timesApart = (joined: readonly JoinedRow[], left: Look, right: Look): TimesApart | undefined => {
  const apart = joined.flatMap((row) => {
    const [a, b] = [momentOf(row.left[left.at] ?? ''), momentOf(row.right[right.at] ?? '')];
    return a && b ? [instantOf(b) - instantOf(a)] : [];
  });
  if (apart.length < fewest) return undefined;
  const within = (ms: number): number => apart.filter((one) => Math.abs(one) <= ms).length;
  const all = grouped(apart.length);
  const equal = within(0);
  if (equal >= 0.5 * apart.length) return { kind: 'alike' };
  const skew = skewOf(apart);
  if (skew !== undefined) {
    const seconds = Math.round(skew / 1000);
    return {
      kind: 'shifted',
      says: {
        en: `${seconds > 0 ? '+' : ''}${seconds} s apart in nearly all of ${all} joined rows: a clock that is wrong, or the time that a copy takes`,
        ja: `結び付いた ${all} 行のほぼすべてで ${seconds > 0 ? '+' : ''}${seconds} 秒ずれています。時計の誤差か、同期にかかる時間とみられます`,
      },
    };
  }
  const step = steps.find(([ms]) => within(ms) >= nearly * apart.length);
  if (step) {
    const n = grouped(within(step[0]));
    return {
      kind: 'near',
      tolerance: step[1],
      says: {
        en: `within ${step[1]} of each other in ${n} of ${all} joined rows, so that much counts as equal`,
        ja: `結び付いた ${all} 行中 ${n} 行で差が ${step[1]} 以内のため、この差は許容します`,
      },
    };
  }
  const shifts = new Map<number, number>();
  for (const one of apart) {
    const shift = Math.round(one / quarter) * quarter;
    if (shift !== 0 && Math.abs(one - shift) <= 2_000) shifts.set(shift, (shifts.get(shift) ?? 0) + 1);
  }
  const [shift, times] = [...shifts].toSorted((a, b) => b[1] - a[1])[0] ?? [0, 0];
  if (times >= 0.3 * apart.length)
    return {
      kind: 'shifted',
      says: {
        en: `${shownShift(shift)} hours apart in ${grouped(times)} of ${all} joined rows: probably a time zone; if one side writes its local time, give it a timeZone`,
        ja: `結び付いた ${all} 行中 ${grouped(times)} 行で ${shownShift(shift)} 時間ずれています。タイムゾーンの違いと考えられます。片側が現地時間なら timeZone を指定してください`,
      },
    };
  if (equal >= 0.1 * apart.length) return { kind: 'alike' };
  return {
    kind: 'own',
    says: {
      en: `the times differ in ${grouped(apart.length - equal)} of ${all} joined rows: each system notes its own`,
      ja: `結び付いた ${all} 行中 ${grouped(apart.length - equal)} 行で時刻が異なります。各システムが独自に記録している時刻とみられます`,
    },
  };
};

/** Whether most of the times of a column do not say in which zone they are; days have none. */
export const isZoneless = (joined: readonly JoinedRow[], side: 'left' | 'right', { at }: Look): boolean => {
  const timed = joined.flatMap((row) => {
    const moment = momentOf(row[side][at] ?? '');
    return moment?.timed ? [moment] : [];
  });
  return timed.filter(({ offset }) => offset === undefined).length * 2 > timed.length;
};

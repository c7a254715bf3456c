import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Text } from '../../src/model/text.ts';
import { dateOf, timeOfDay } from '../../src/reason/moments.ts';
import { modesOf } from '../../src/reason/rows/modes.ts';
import type { MomentPair } from '../../src/reason/rows/moment-pairs.ts';
import { differingColumns, differingMoments, momentsOf, valuesAt } from '../../src/reason/rows/moment-pairs.ts';
import { both } from '../auth/words.ts';
import { numberOf, writeAgain } from './value-words.ts';

/** `hour`: from (days 1) or before (days -1) this time of day of the timed side; absent where neither side has a time. */
interface Day extends Readonly<Record<string, unknown>> {
  readonly days: 1 | -1;
  readonly hour?: number;
  readonly timed?: 'left' | 'right';
  /** The time of day, in milliseconds, nearest to that hour at which a date is another one, and at which one is the same. */
  readonly changed?: number;
  /** Absent where beyond the hour are as many of the same date: a part of the records was written otherwise. */
  readonly kept?: number;
}

const day = 86_400_000;
const hours = 3_600_000;

const clock = (time: number): string => new Date(time).toISOString().slice(11, 16);

const daysOf = ({ left, right }: MomentPair): number => (dateOf(right) - dateOf(left)) / day;

/**
 * The one day by which many dates differ, if it stands out. Dates that people move are moved by two days and more as
 * well, so that one day is only met among them; a conversion moves all by one.
 */
const oneDay = (days: readonly number[]): 1 | -1 | undefined => {
  const shifts = modesOf(days.filter((by) => by !== 0 && Math.abs(by) <= 7));
  const one = shifts.find(({ value }) => Math.abs(value) === 1);
  if (!one) return undefined;
  const others = shifts.filter(({ value }) => Math.abs(value) !== 1).map(({ n }) => n);
  return one.n >= 3 * Math.max(0, ...others) ? (one.value === 1 ? 1 : -1) : undefined;
};

const timedOf = ({ left, right }: MomentPair): 'left' | 'right' | undefined =>
  left.timed === right.timed ? undefined : left.timed ? 'left' : 'right';

/** Days from the side with a time to the date of the other. */
const daysAfter = (pair: MomentPair, timed: 'left' | 'right'): number => (timed === 'left' ? 1 : -1) * daysOf(pair);

/** The latest (1) or the earliest (-1) of these times. */
const nearest = (times: readonly number[], end: number): number =>
  end === 1 ? Math.max(...times) : Math.min(...times);

/** On which day a date falls that was made of the time with this shift of the clock. */
const beyond = (time: number, days: 1 | -1, hour: number): boolean =>
  days === 1 ? time >= hour * hours : time < hour * hours;

/** As much of the border as the data show: it lies between two times at which something was written. */
const atTimesOf = (columns: string, share: Text, detail: Readonly<Record<string, unknown>>): Text => {
  const later = detail.days === 1;
  const by = later ? both('later', '後') : both('earlier', '前');
  const changed = clock(numberOf(detail.changed));
  const at = later ? both(`${changed} or later`, `${changed} 以降`) : both(`${changed} or earlier`, `${changed} 以前`);
  if (typeof detail.kept !== 'number') {
    return both(
      `${columns}: the date is one day ${by.en} in ${share.en} differing pairs, all of them with a time of day of ${at.en}.`,
      `${columns}: 日付が 1 日${by.ja}になっています。いずれも時刻が ${at.ja}のレコードです。該当する差異: ${share.ja}。`,
    );
  }
  const kept = clock(detail.kept);
  return both(
    `${columns}: the date is one day ${by.en} where the time of day is ${at.en}, and the same where it is ${kept} or ${later ? 'earlier' : 'later'}, in ${share.en} differing pairs.`,
    `${columns}: 時刻が ${at.ja}の場合だけ、日付が 1 日${by.ja}になっています（${kept} ${later ? '以前' : '以降'}では同じ日付です）。該当する差異: ${share.ja}。`,
  );
};

export const dateOffByOne = defineSyncCause({
  id: 'sync.date-off-by-one',
  title: { en: 'Dates are off by one day', ja: '日付が 1 日ずれています' },
  about: {
    en: 'A date was taken for a time at midnight, or a time for a date, in a time zone other than the one it was written in. In Tokyo, 9 hours before UTC, a time from 15:00 UTC on is the next day, and midnight is the day before in UTC. Birthdays, due dates and closing dates are then wrong by one day.',
    ja: '日付を「0 時の日時」とみなした、または日時から日付を作ったときに、書き込んだ側と異なるタイムゾーンで計算されています。日本は UTC より 9 時間進んでいるため、UTC の 15 時以降は翌日になり、日本の 0 時は UTC では前日になります。誕生日、期限、完了予定日が 1 日ずれます。',
  },
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Day>({
      effect: 'wrong',
      propose: (view) =>
        differingColumns(view, ['date', 'timestamp']).flatMap(({ at }): { columns: number[]; params: Day }[] => {
          const pairs = differingMoments(view, at);
          const whole = pairs.filter(({ left, right }) => !left.timed && !right.timed);
          const moved = oneDay(whole.map(daysOf));
          const plain: Day[] = moved ? [{ days: moved }] : [];
          const split = (['left', 'right'] as const).flatMap((timed): readonly Day[] => {
            const mixed = pairs.filter((pair) => timedOf(pair) === timed);
            return ([1, -1] as const).flatMap((days) => {
              const times = mixed
                .filter((pair) => daysAfter(pair, timed) === days)
                .map((pair) => timeOfDay(pair[timed]));
              if (times.length < 20 || times.length < 0.01 * mixed.length) return [];
              // The hour from which (or before which) the day is another one: few values of the other kind lie beyond it.
              const hour =
                days === 1 ? Math.floor(Math.min(...times) / hours) : Math.ceil((Math.max(...times) + 1) / hours);
              const same = mixed.filter((pair) => daysAfter(pair, timed) === 0).map((pair) => timeOfDay(pair[timed]));
              const around = same.filter((time) => !beyond(time, days, hour));
              const wrongSide = same.length - around.length;
              if (hour <= 0 || hour >= 24) return [];
              // Written by such a loader in part: that all of these times lie beyond the hour would be chance at any other reason.
              const part = days === 1 ? (24 - hour) / 24 : hour / 24;
              const onlyThere = part ** times.length < 1e-9;
              const apart = wrongSide <= 0.05 * times.length;
              if (!apart && !onlyThere) return [];
              const [changed, kept] = [nearest(times, -days), nearest(around, days)];
              return [{ days, hour, timed, changed, ...(apart && around.length > 0 ? { kept } : {}) }];
            });
          });
          return [...plain, ...split].map((params) => ({ columns: [at], params }));
        }),
      explains: (pair, at, { days, hour, timed }) => {
        const moments = momentsOf(valuesAt(pair, at));
        if (!moments) return false;
        if (hour === undefined || timed === undefined) {
          return !moments.left.timed && !moments.right.timed && daysOf(moments) === days;
        }
        if (timedOf(moments) !== timed) return false;
        return daysAfter(moments, timed) === (beyond(timeOfDay(moments[timed]), days, hour) ? days : 0);
      },
    }),
  ],
  because: ({ main, columns, share }) => {
    const later = main.detail.days === 1;
    const whole = {
      en: `${columns}: the date is one day ${later ? 'later' : 'earlier'} on the right, in ${share.en} differing pairs.`,
      ja: `${columns}: 右側の日付が 1 日${later ? '後' : '前'}になっています。該当する差異: ${share.ja}。`,
    };
    return main.detail.hour === undefined ? whole : atTimesOf(columns, share, main.detail);
  },
  steps: ({ columns }) => [
    {
      en: `Pass ${columns} as a plain date (2026-04-01) from end to end: no time, no zone, no conversion.`,
      ja: `${columns} は、時刻もタイムゾーンも付けない日付（2026-04-01）のまま受け渡し、変換しないようにします。`,
    },
    {
      en: 'Where a date has to be made of a time, set the time zone of the job and of its user to the one in which people read the date.',
      ja: '日時から日付を作る必要がある場合は、ジョブと連携用ユーザーのタイムゾーンを、利用者が日付を見る地域に合わせます。',
    },
    writeAgain(columns),
  ],
});

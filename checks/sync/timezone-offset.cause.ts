import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Text } from '../../src/model/text.ts';
import { instantOf } from '../../src/reason/moments.ts';
import { modesOf } from '../../src/reason/rows/modes.ts';
import type { MomentPair, Zones } from '../../src/reason/rows/moment-pairs.ts';
import {
  differingColumns,
  differingMoments,
  momentsOf,
  shiftOf,
  valuesAt,
  zonesOf,
} from '../../src/reason/rows/moment-pairs.ts';
import { summerZones } from '../../src/reason/summer-zones.ts';
import { zoneOffset } from '../../src/reason/zone-offsets.ts';
import { writeAgain } from './value-words.ts';

/** A fixed offset, or that of a zone with summer time: right minus left. */
interface Shift extends Zones, Readonly<Record<string, unknown>> {
  readonly minutes: number;
  readonly zone?: string;
  readonly sign?: 1 | -1;
}

const quarter = 15 * 60_000;
const widest = 14 * 60;

/** Offsets of zones are whole quarters of an hour, at most 14 hours. */
const minutesOf = (pair: MomentPair, zones: Zones): number | undefined => {
  if (!pair.left.timed || !pair.right.timed) return undefined;
  const shift = shiftOf(pair, zones);
  const minutes = shift / 60_000;
  return shift !== 0 && shift % quarter === 0 && Math.abs(minutes) <= widest ? minutes : undefined;
};

const byZone = (pair: MomentPair, zone: string, sign: 1 | -1, zones: Zones): boolean => {
  const shift = shiftOf(pair, zones);
  // The moment that is meant is one of the two: read as a wall clock there, or written as one.
  const offsets = [instantOf(pair.left, zones.leftZone), instantOf(pair.right, zones.rightZone)].map((instant) =>
    zoneOffset(zone, instant),
  );
  return offsets.some((minutes) => minutes !== 0 && shift === sign * minutes * 60_000);
};

const said = (minutes: number): Text => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [...(hours > 0 ? [`${hours} 時間`] : []), ...(rest > 0 ? [`${rest} 分`] : [])];
  return {
    en: `${minutes < 0 ? '-' : '+'}${hours}:${String(rest).padStart(2, '0')} h from`,
    ja: `${parts.join(' ')}${minutes < 0 ? '遅れて' : '進んで'}`,
  };
};

export const timezoneOffset = defineSyncCause({
  id: 'sync.timezone-offset',
  title: {
    en: 'Times are off by the offset of a time zone',
    ja: '日時がタイムゾーンの時差の分だけずれています',
  },
  about: {
    en: 'One side writes or reads times in another time zone than the other, mostly local time taken for UTC or the reverse. Every time is then off by the same number of hours, in summer as in winter. Appointments, deadlines and "changed since" queries are wrong by that much.',
    ja: '片方がもう片方とは別のタイムゾーンで日時を書き込み、または読み取っています。多くは現地時刻を UTC とみなした、またはその逆です。夏も冬も同じ時間だけずれます。予定、期限、「以後に更新された」レコードの検索がその分だけ狂います。',
  },
  owner: 'crm-admin',
  // A time without its zone says nothing of an offset, where it shows the same clock.
  unless: ['sync.timezone-mixed-writers', 'sync.dst-offset', 'sync.timestamp-representation'],
  hypotheses: [
    pairsHypothesis<Shift>({
      effect: 'wrong',
      propose: (view) => {
        const zones = zonesOf(view);
        return differingColumns(view, ['timestamp', 'date']).flatMap(({ at }) => {
          const pairs = differingMoments(view, at);
          const modes = modesOf(pairs.flatMap((pair) => minutesOf(pair, zones) ?? []));
          const [first, second] = modes;
          if (!first) return [];
          const fixed = [first.value];
          // An hour apart: the offset of a zone with summer time, if one fits better than either alone.
          const summer =
            second && Math.abs(first.value - second.value) === 60
              ? summerZones
                  .flatMap((zone) => ([1, -1] as const).map((sign) => ({ zone, sign })))
                  .map((one) => ({
                    ...one,
                    n: pairs.filter(
                      (pair) => minutesOf(pair, zones) !== undefined && byZone(pair, one.zone, one.sign, zones),
                    ).length,
                  }))
                  .toSorted((a, b) => b.n - a.n)[0]
              : undefined;
          const tried: Shift[] = fixed.map((minutes) => ({ minutes, ...zones }));
          if (summer && second && summer.n > first.n + second.n / 2) {
            tried.unshift({ minutes: first.value, zone: summer.zone, sign: summer.sign, ...zones });
          }
          return tried.map((params) => ({ columns: [at], params }));
        });
      },
      explains: (pair, at, { minutes, zone, sign, ...zones }) => {
        const moments = momentsOf(valuesAt(pair, at));
        if (!moments) return false;
        const found = minutesOf(moments, zones);
        if (found === undefined) return false;
        return zone === undefined || sign === undefined ? found === minutes : byZone(moments, zone, sign, zones);
      },
    }),
  ],
  because: ({ main, columns, share }) => {
    const { minutes, zone } = main.detail;
    const by = said(typeof minutes === 'number' ? minutes : 0);
    const of = typeof zone === 'string' ? zone : undefined;
    return {
      en: `${columns}: the right side is ${by.en} the left one${of ? `, as the offset of ${of} is in summer and winter` : ', the same in every month'}, in ${share.en} differing pairs.`,
      ja: `${columns}: 右側は左側より ${by.ja}います${of ? `（夏時間と冬時間を含めて ${of} の時差と一致）` : '（どの月も同じ）'}。該当する差異: ${share.ja}。`,
    };
  },
  steps: ({ columns }) => [
    {
      en: 'Look up the time zone of the sync job, of its database session and of its user in the CRM; set all of them to one zone.',
      ja: '同期ジョブ、そのデータベースセッション、CRM の連携用ユーザーのタイムゾーンを確認し、すべて同じ設定にします。',
    },
    {
      en: 'Write times with their offset (2026-04-01T09:00:00+09:00) or in UTC with a Z, so that no side has to guess.',
      ja: '日時はオフセット付き（2026-04-01T09:00:00+09:00）か、Z を付けた UTC で書き込み、推測の余地をなくします。',
    },
    writeAgain(columns),
  ],
});

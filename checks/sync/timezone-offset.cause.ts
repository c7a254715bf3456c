import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
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
import { summerMinutes, summerZones } from '../../src/reason/summer-zones.ts';
import { zoneOffset } from '../../src/reason/zone-offsets.ts';
import { writeAgain } from './value-words.ts';

/** A fixed offset, or that between a zone with summer time (right of `sign` 1, left of -1) and one without, `base` minutes from UTC. */
interface Shift extends Zones, Readonly<Record<string, unknown>> {
  readonly minutes: number;
  readonly zone?: string;
  readonly sign?: 1 | -1;
  readonly base?: number;
  /** The sides that do not write their offset. */
  readonly bare?: 'left' | 'right' | 'both';
}

interface Summer {
  readonly zone: string;
  readonly sign: 1 | -1;
  readonly base: number;
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

const byZone = (pair: MomentPair, { zone, sign, base }: Summer, zones: Zones): boolean => {
  const shift = shiftOf(pair, zones);
  // The moment that is meant is one of the two: read as a wall clock there, or written as one.
  const [left, right] = [instantOf(pair.left, zones.leftZone), instantOf(pair.right, zones.rightZone)];
  const meant = base === 0 ? [left, right] : [(sign === 1 ? left : right) - base * 60_000];
  return meant.some((instant) => {
    const minutes = zoneOffset(zone, instant) - base;
    return minutes !== 0 && shift === sign * minutes * 60_000;
  });
};

/** Offsets without summer time, those that are most likely met first: UTC, Japan, India, China, Thailand, the Gulf, Brazil. */
const usualBases = [0, 540, 330, 480, 420, 240, -180];
const anyWinter = Date.UTC(2026, 0, 15);
const anySummer = Date.UTC(2026, 6, 15);

/** Zones whose offsets are these two, from UTC or else from another offset. */
const summersOf = (modes: readonly [number, number]): readonly Summer[] =>
  summerZones
    .filter((zone) => summerMinutes(zone) === Math.abs(modes[0] - modes[1]))
    .flatMap((zone) => {
      const least = Math.min(zoneOffset(zone, anyWinter), zoneOffset(zone, anySummer));
      return [
        { zone, sign: 1, base: least - Math.min(...modes) } as const,
        { zone, sign: -1, base: Math.max(...modes) + least } as const,
      ];
    })
    .filter(({ base }) => Math.abs(base) <= widest)
    .toSorted((one, other) => placeOf(one) - placeOf(other));

const placeOf = ({ base }: Summer): number =>
  (usualBases.indexOf(base) + usualBases.length + 1) % (usualBases.length + 1);

const isSummerApart = (minutes: number): boolean =>
  summerZones.some((zone) => summerMinutes(zone) === Math.abs(minutes));

/** Which sides do not write their offset, where the configuration does not tell it either. */
const bareIn = (pairs: readonly MomentPair[], { leftZone, rightZone }: Zones): Pick<Shift, 'bare'> => {
  const isBare = (side: 'left' | 'right'): boolean => pairs.every((pair) => pair[side].offset === undefined);
  const [left, right] = [leftZone === undefined && isBare('left'), rightZone === undefined && isBare('right')];
  if (left && right) return { bare: 'both' };
  if (left) return { bare: 'left' };
  return right ? { bare: 'right' } : {};
};

/** Most exports show the clock of whoever made them: that is no fault as long as it is said. */
const mayBeLocal = ({ bare }: Readonly<Record<string, unknown>>, { left, right }: Told['fact']): readonly Text[] => {
  if (bare !== 'both' && bare !== 'left' && bare !== 'right') return [];
  const who =
    bare === 'both'
      ? { en: 'Neither side writes', ja: 'どちらの側も' }
      : {
          en: `${bare === 'left' ? left.name : right.name} does not write`,
          ja: `${bare === 'left' ? left.name : right.name} は`,
        };
  return [
    {
      en: `${who.en} the offset of its times, and many exports show the local time of whoever made them. If that is so here, no value is wrong: give the side its zone in the configuration (timeZone: Asia/Tokyo) and compare again.`,
      ja: `${who.ja}日時に時差を付けていません。多くのエクスポートは、出力した人の現地時刻で書かれます。その場合は値の誤りではありません。設定ファイルでその側に timeZone（例: timeZone: Asia/Tokyo）を指定して、比較し直してください。`,
    },
  ];
};

const said = (minutes: number): Text => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [...(hours > 0 ? [`${hours} 時間`] : []), ...(rest > 0 ? [`${rest} 分`] : [])];
  return {
    en: `${hours}:${String(rest).padStart(2, '0')} h ${minutes < 0 ? 'behind' : 'ahead of'}`,
    ja: `${parts.join(' ')}${minutes < 0 ? '遅れて' : '進んで'}`,
  };
};

/** `UTC+09:00` */
const fromUtc = (minutes: number): string => {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
};

/** Of the records, how many are off where it is the zone of a whole side. */
const wholeSide = 0.8;

/** Where most records agree, the side as a whole is in no other zone, and what would tell who is has to be given. */
const onlySome = ({ main, fact, field }: Told): readonly Text[] => {
  const off = Math.max(...main.columns.map((at) => field(at)?.differ ?? 0));
  if (off >= wholeSide * fact.counts.matched) return [];
  return [
    {
      en: 'The other records agree, so that not the whole side is off: some user, job or stretch of time is. No column tells which. Give both sides, or one of them, the column that tells who wrote a record, and compare again before anything is corrected.',
      ja: 'ほかのレコードは一致しているため、片側全体ではなく、特定のユーザー、ジョブ、期間だけがずれています。どれに当たるかを示す列はありません。修正する前に、書き込んだ人がわかる列を両側または片側に加えて、比較し直してください。',
    },
  ];
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
          const told = { ...zones, ...bareIn(pairs, zones) };
          // An hour apart: the offset of a zone with summer time, if one fits better than either alone.
          const summer =
            second && isSummerApart(first.value - second.value)
              ? summersOf([first.value, second.value])
                  .map((one) => ({
                    one,
                    n: pairs.filter((pair) => minutesOf(pair, zones) !== undefined && byZone(pair, one, zones)).length,
                  }))
                  .toSorted((a, b) => b.n - a.n)[0]
              : undefined;
          const tried: Shift[] = fixed.map((minutes) => ({ minutes, ...told }));
          if (summer && second && summer.n > first.n + second.n / 2) {
            const { zone, sign, base } = summer.one;
            tried.unshift({ minutes: first.value, zone, sign, ...(base === 0 ? {} : { base }), ...told });
          }
          return tried.map((params) => ({ columns: [at], params }));
        });
      },
      explains: (pair, at, { minutes, zone, sign, base = 0, leftZone, rightZone }) => {
        const zones = {
          ...(leftZone === undefined ? {} : { leftZone }),
          ...(rightZone === undefined ? {} : { rightZone }),
        };
        const moments = momentsOf(valuesAt(pair, at));
        if (!moments) return false;
        const found = minutesOf(moments, zones);
        if (found === undefined) return false;
        return zone === undefined || sign === undefined
          ? found === minutes
          : byZone(moments, { zone, sign, base }, zones);
      },
    }),
  ],
  because: ({ main, columns, share }) => {
    const { minutes, zone, base } = main.detail;
    const by = said(typeof minutes === 'number' ? minutes : 0);
    const of = typeof zone === 'string' ? zone : undefined;
    const from = typeof base === 'number' ? fromUtc(base) : undefined;
    return {
      en: `${columns}: the right side is ${by.en} the left one${of ? `, as the offset of ${of}${from ? ` from ${from}` : ''} is in summer and winter` : ', the same in every month'}, in ${share.en} differing pairs.`,
      ja: `${columns}: 右側は左側より ${by.ja}います${of ? `（夏時間と冬時間を含めて ${of}${from ? ` と ${from}` : ''} の時差と一致）` : '（どの月も同じ）'}。該当する差異: ${share.ja}。`,
    };
  },
  steps: (told) => [
    ...mayBeLocal(told.main.detail, told.fact),
    ...onlySome(told),
    {
      en: 'Look up the time zone of the sync job, of its database session and of its user in the CRM; set all of them to one zone.',
      ja: '同期ジョブ、そのデータベースセッション、CRM の連携用ユーザーのタイムゾーンを確認し、すべて同じ設定にします。',
    },
    {
      en: 'Write times with their offset (2026-04-01T09:00:00+09:00) or in UTC with a Z, so that no side has to guess.',
      ja: '日時はオフセット付き（2026-04-01T09:00:00+09:00）か、Z を付けた UTC で書き込み、推測の余地をなくします。',
    },
    writeAgain(told.columns),
  ],
});

import { pairsHypothesis, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { instantOf } from '../../src/reason/moments.ts';
import {
  differingColumns,
  differingMoments,
  type MomentPair,
  momentsOf,
  valuesAt,
  type Zones,
  zonesOf,
} from '../../src/reason/rows/moment-pairs.ts';
import { dateFormat } from '../../src/reason/values/date-format.normal.ts';
import { intervalForm } from '../../src/reason/values/interval-form.normal.ts';
import { equalBy } from '../../src/reason/values/normal-rules.ts';
import { timestampForm } from '../../src/reason/values/timestamp-form.normal.ts';
import { type NotationDetail, notationCause, sameUnder } from './notation.ts';

/** One side tells its offset from UTC, the other none: what it shows is the same instant in UTC, or the same clock. */
interface ZoneLeftOut extends NotationDetail, Zones {
  readonly without: 'zone';
  readonly means: 'utc' | 'clock';
}

/** `2025-05-01T09:00:00+09:00` and `2025-05-01 00:00:00`, or `2025-05-01 09:00:00`; with a Z both are one. */
const zoneLeftOut = ({ left, right }: MomentPair, { means, leftZone, rightZone }: ZoneLeftOut): boolean => {
  if (!left.timed || !right.timed || left.nanos !== right.nanos) return false;
  if ((left.offset === undefined) === (right.offset === undefined)) return false;
  // Of which zone its times are, the configuration has said.
  if ((left.offset === undefined ? leftZone : rightZone) !== undefined) return false;
  return means === 'clock' ? left.wall === right.wall : instantOf(left) === instantOf(right);
};

/** Where a Z is left out, both explain the same, and the first one stands. */
const zonesLeftOut = (['utc', 'clock'] as const).map((means) =>
  pairsHypothesis<ZoneLeftOut>({
    effect: 'notation',
    propose: (view) =>
      differingColumns(view, ['timestamp']).flatMap(({ at }) => {
        const params: ZoneLeftOut = { side: 'both', without: 'zone', means, ...zonesOf(view) };
        return differingMoments(view, at).some((pair) => zoneLeftOut(pair, params)) ? [{ columns: [at], params }] : [];
      }),
    explains: (pair, at, params) => {
      const moments = momentsOf(valuesAt(pair, at));
      return moments !== undefined && zoneLeftOut(moments, params);
    },
  }),
);

const sameDate = sameUnder([dateFormat]);
const sameInterval = ({ left, right }: { readonly left: string; readonly right: string }): boolean =>
  left !== '' && right !== '' && equalBy(intervalForm, left, right);

export const timestampRepresentation = notationCause({
  id: 'sync.timestamp-representation',
  title: { en: 'Dates or times in different notations', ja: '日付・日時の表記が統一されていません' },
  about: {
    en: 'Both sides tell the same instant or day in different notations: ISO 8601 with or without T, zone and decimals, slashes, seconds or milliseconds since 1970, a length of time as 1 day 02:00:00 or as ISO 8601 has it. Nothing is wrong with the values; they are compared as texts.',
    ja: '両方とも同じ日時を指していますが、ISO 8601 の T・時差・小数秒の有無、スラッシュ区切り、1970 年からの秒・ミリ秒、期間を 1 day 02:00:00 と書くか ISO 8601 の形で書くかなど、表記が異なります。値そのものに誤りはなく、文字列として比較されているために不一致になります。',
  },
  types: ['timestamp'],
  unless: ['sync.width-fullwidth', 'sync.whitespace', 'sync.era-date', 'sync.excel-serial-date'],
  rules: [timestampForm],
  differsIn: { en: 'the notation of dates or times', ja: '日付・日時の表記' },
  more: ({ without, means }) => {
    if (without !== 'zone') return undefined;
    return means === 'clock'
      ? {
          en: 'One side tells its offset from UTC, the other shows the same clock time without one: if it is meant so, give that side its zone in the configuration (timeZone), and make sure that whatever reads it takes it for the time of that zone.',
          ja: '一方は時差を明示し、もう一方は同じ時刻を時差なしで記録しています。意図どおりであれば、設定でその側に timeZone を指定し、読み取る側も同じタイムゾーンの時刻として扱うか確認してください。',
        }
      : {
          en: 'One side tells its offset from UTC, the other the same instant in UTC without saying so: if it is meant so, give that side its zone in the configuration (timeZone: UTC), and make sure that whatever reads it takes it for UTC.',
          ja: '一方は時差を明示し、もう一方は同じ日時を UTC で、時差なしで記録しています。意図どおりであれば、設定でその側に timeZone: UTC を指定し、読み取る側も UTC として扱うか確認してください。',
        };
  },
  others: [
    ...zonesLeftOut,
    pairsHypothesis(
      valueHypothesis<NotationDetail>({
        effect: 'notation',
        types: ['date', 'text'],
        propose: (pairs) => (pairs.some(sameDate) ? [{ side: 'both' }] : []),
        explains: sameDate,
      }),
    ),
    pairsHypothesis(
      valueHypothesis<NotationDetail>({
        effect: 'notation',
        types: ['text'],
        propose: (pairs) => (pairs.some(sameInterval) ? [{ side: 'both' }] : []),
        explains: sameInterval,
      }),
    ),
  ],
  steps: [
    {
      en: 'Exchange times as RFC 3339 with their offset (2025-05-01T09:00:00+09:00) and dates as YYYY-MM-DD, and parse both sides before they are compared.',
      ja: '日時は時差付きの RFC 3339 形式（2025-05-01T09:00:00+09:00）、日付は YYYY-MM-DD でやり取りし、比較の前に両方を日時として解釈します。',
    },
  ],
});

import { pairsHypothesis, type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { dateFormat } from '../../src/reason/values/date-format.normal.ts';
import { timestampForm } from '../../src/reason/values/timestamp-form.normal.ts';
import { type NotationDetail, notationCause, sameUnder } from './notation.ts';

const zone = /(?<=\d)\s?(?:Z|UTC|[-+]00:?00)$/i;
const offset = /(?:Z|UTC|GMT|JST|(?<=:\d{2}(?:\.\d{1,9})?)[-+]\d{2}:?\d{0,2})$/i;

/** `2025-05-01T00:00:00Z` and `2025-05-01 00:00:00`: the second does not say its zone, and the clock says the same. */
const zoneLeftOut = ({ left, right }: ValuePair): boolean => {
  const [onLeft, onRight] = [zone.test(left.slice(0, 60)), zone.test(right.slice(0, 60))];
  if (onLeft === onRight || offset.test((onLeft ? right : left).slice(0, 60))) return false;
  return sameUnder([timestampForm])({ left: left.replace(zone, ''), right: right.replace(zone, '') });
};

const sameDate = sameUnder([dateFormat]);

export const timestampRepresentation = notationCause({
  id: 'sync.timestamp-representation',
  title: { en: 'Dates or times in different notations', ja: '日付・日時の表記が統一されていません' },
  about: {
    en: 'Both sides tell the same instant or day in different notations: ISO 8601 with or without T, zone and decimals, slashes, seconds or milliseconds since 1970. Nothing is wrong with the values; they are compared as texts.',
    ja: '両方とも同じ日時を指していますが、ISO 8601 の T・時差・小数秒の有無、スラッシュ区切り、1970 年からの秒・ミリ秒など、表記が異なります。値そのものに誤りはなく、文字列として比較されているために不一致になります。',
  },
  types: ['timestamp'],
  unless: ['sync.width-fullwidth', 'sync.whitespace', 'sync.era-date', 'sync.excel-serial-date'],
  rules: [timestampForm],
  differsIn: { en: 'the notation of dates or times', ja: '日付・日時の表記' },
  more: ({ without }) =>
    without === 'zone'
      ? {
          en: 'One side tells the time in UTC, the other tells the same clock time without a zone: make sure that it means UTC.',
          ja: '一方は UTC と明示し、もう一方は同じ時刻を時差なしで記録しています。UTC を意味しているかどうかを確認してください。',
        }
      : undefined,
  others: [
    pairsHypothesis(
      valueHypothesis<NotationDetail>({
        effect: 'notation',
        types: ['timestamp'],
        propose: (pairs) => (pairs.some(zoneLeftOut) ? [{ side: 'both', without: 'zone' }] : []),
        explains: zoneLeftOut,
      }),
    ),
    pairsHypothesis(
      valueHypothesis<NotationDetail>({
        effect: 'notation',
        types: ['date', 'text'],
        propose: (pairs) => (pairs.some(sameDate) ? [{ side: 'both' }] : []),
        explains: sameDate,
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

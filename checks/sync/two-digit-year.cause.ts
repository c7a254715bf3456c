import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { dateOf, type Moment, momentOf, timeOfDay } from '../../src/reason/moments.ts';
import { writeAgain } from './value-words.ts';

type Short = { readonly side: 'left' | 'right' };

const short = /^(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].{0,30})?$/;

const parts = (moment: Moment): readonly [number, number, number] => {
  const date = new Date(dateOf(moment));
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
};

const shortened = (whole: string, cut: string): boolean => {
  // Nearly everything is told by its third sign.
  if (!'-/.'.includes(cut.charAt(2))) return false;
  const [, year, month, day] = short.exec(cut) ?? [];
  if (year === undefined) return false;
  const moment = momentOf(whole);
  if (!moment) return false;
  const [y, m, d] = parts(moment);
  return y % 100 === Number(year) && m === Number(month) && d === Number(day);
};

export const twoDigitYear = defineSyncCause({
  id: 'sync.two-digit-year',
  title: { en: 'Years are written with two digits', ja: '年が 2 桁で書かれています' },
  about: {
    en: 'One side writes the year with two digits, or read such a year into the wrong century: 1951 becomes 2051. What was lost cannot be told from the value alone. Birthdays of older customers are hit first.',
    ja: '片方が年を 2 桁で書いているか、2 桁の年を別の世紀として読んでいます（1951 年が 2051 年になるなど）。値だけでは元の世紀が分かりません。年配の顧客の生年月日で最初に問題になります。',
  },
  owner: 'crm-admin',
  hypotheses: [
    valueHypothesis<Short>({
      effect: 'notation',
      types: ['date', 'timestamp', 'text'],
      propose: () => [{ side: 'right' }, { side: 'left' }],
      explains: ({ left, right }, { side }) => (side === 'right' ? shortened(left, right) : shortened(right, left)),
    }),
    valueHypothesis<{ readonly years: number }>({
      effect: 'wrong',
      types: ['date', 'timestamp'],
      propose: () => [{ years: 100 }, { years: -100 }],
      explains: ({ left, right }, { years }) => {
        const [a, b] = [momentOf(left), momentOf(right)];
        if (!a || !b || timeOfDay(a) !== timeOfDay(b)) return false;
        const [[y, m, d], [year, month, day]] = [parts(a), parts(b)];
        return year - y === years && m === month && d === day;
      },
    }),
  ],
  because: ({ main, columns, share }) => {
    const { years, side } = main.detail;
    return years === undefined
      ? {
          en: `${columns}: the ${side === 'right' ? 'right' : 'left'} side has the same date with a year of two digits in ${share.en} differing pairs.`,
          ja: `${columns}: ${side === 'right' ? '右側' : '左側'}は同じ日付で、年が 2 桁です。該当する差異: ${share.ja}。`,
        }
      : {
          en: `${columns}: the right side is exactly 100 years ${years === 100 ? 'later' : 'earlier'} in ${share.en} differing pairs.`,
          ja: `${columns}: 右側はちょうど 100 年${years === 100 ? '後' : '前'}になっています。該当する差異: ${share.ja}。`,
        };
  },
  steps: ({ columns }) => [
    {
      en: 'Export dates with four digits of the year (2026-05-04); in a spreadsheet, format the column as yyyy-mm-dd before saving.',
      ja: '年を 4 桁（2026-05-04）で出力します。表計算ソフトでは、保存前に列の書式を yyyy-mm-dd にします。',
    },
    writeAgain(columns),
  ],
});

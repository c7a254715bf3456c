import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { dateOf, timeOfDay } from '../../src/reason/moments.ts';
import { momentsOf } from '../../src/reason/rows/moment-pairs.ts';
import { writeAgain } from './value-words.ts';

export const excel1904Epoch = defineSyncCause({
  id: 'sync.excel-1904-epoch',
  title: {
    en: 'Dates are off by 1,462 days: the 1904 date system of Excel',
    ja: '日付が 1,462 日ずれています（Excel の 1904 年日付システム）',
  },
  about: {
    en: 'Excel counts days from 1900, or in workbooks that once came from a Mac from 1904. A date that was copied as a number from one such workbook into the other is off by four years and one day, which is 1,462 days.',
    ja: 'Excel は日付を 1900 年から、Mac で作られた古いブックでは 1904 年から数えます。数値のまま別の方式のブックへ移した日付は、4 年と 1 日、つまり 1,462 日ずれます。',
  },
  owner: 'user',
  hypotheses: [
    valueHypothesis<{ readonly days: number }>({
      effect: 'wrong',
      types: ['date', 'timestamp'],
      propose: () => [{ days: 1462 }, { days: -1462 }],
      explains: (pair, { days }) => {
        const moments = momentsOf(pair);
        if (!moments) return false;
        const { left, right } = moments;
        return dateOf(right) - dateOf(left) === days * 86_400_000 && timeOfDay(left) === timeOfDay(right);
      },
    }),
  ],
  because: ({ main, columns, share }) => ({
    en: `${columns}: the right side is exactly 1,462 days ${main.detail.days === 1462 ? 'later' : 'earlier'} in ${share.en} differing pairs.`,
    ja: `${columns}: 右側はちょうど 1,462 日${main.detail.days === 1462 ? '後' : '前'}になっています。該当する差異: ${share.ja}。`,
  }),
  steps: ({ columns }) => [
    {
      en: 'In Excel open File, Options, Advanced, "Use 1904 date system" of the workbook in between and set it as in the workbook that the dates came from; then export dates as text (yyyy-mm-dd).',
      ja: 'Excel の「ファイル」→「オプション」→「詳細設定」→「1904 年から計算する」を、元のブックと同じ設定にします。そのうえで日付を文字列（yyyy-mm-dd）として出力します。',
    },
    writeAgain(columns),
  ],
});

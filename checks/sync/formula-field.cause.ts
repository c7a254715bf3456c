import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { runAgain } from './value-words.ts';

type Calculated = { readonly side: 'left' | 'right' };

export const formulaField = defineSyncCause({
  id: 'sync.formula-field',
  title: { en: 'The field is calculated by the system itself', ja: 'システムが自動計算する項目です' },
  about: {
    en: 'Formula and roll-up fields are calculated anew whenever they are read, often from today or from who asks. A copy is right only for the moment it was made, and nobody can write the original. Such differences are expected.',
    ja: '数式項目や集計項目は、読み取るたびに計算されます。今日の日付や閲覧者によって値が変わることもあります。写しは作った瞬間だけ正しく、元の項目に書き込むこともできません。差異が出るのは想定どおりです。',
  },
  owner: 'crm-admin',
  // A fault that tells the difference exactly is worth more than this.
  unless: [
    'sync.timezone-offset',
    'sync.timezone-mixed-writers',
    'sync.dst-offset',
    'sync.date-off-by-one',
    'sync.amount-scale',
    'sync.amount-tax',
    'sync.currency-conversion',
    'sync.rounding',
    'sync.float-precision',
  ],
  hypotheses: [
    pairsHypothesis<Calculated>({
      effect: 'expected',
      // That it is calculated is what the system says of it; unrelated rows say nothing.
      ownChance: true,
      propose: (view) =>
        view.columns.flatMap(({ at, key, leftSource, rightSource }): { columns: number[]; params: Calculated }[] => {
          if (key || (view.differing[at] ?? 0) === 0) return [];
          if (leftSource.calculated) return [{ columns: [at], params: { side: 'left' } }];
          return rightSource.calculated ? [{ columns: [at], params: { side: 'right' } }] : [];
        }),
      explains: () => true,
    }),
  ],
  because: ({ main, columns, share }) => ({
    en: `${columns}: the ${main.detail.side === 'left' ? 'left' : 'right'} side calculates it itself, so a copy goes out of date by itself: ${share.en} differing pairs.`,
    ja: `${columns}: ${main.detail.side === 'left' ? '左側' : '右側'}のシステムが計算する項目で、写しは自然に古くなります。該当する差異: ${share.ja}。`,
  }),
  steps: ({ columns }) => [
    {
      en: `Leave ${columns} out of the comparison (ignore in the configuration), or keep the copy together with the time at which it was read.`,
      ja: `${columns} を比較の対象から外すか（設定ファイルの ignore）、写しを読み取った日時と一緒に保存します。`,
    },
    runAgain,
  ],
});

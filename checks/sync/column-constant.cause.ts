import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import { commonest, counted } from '../../src/reason/rows/tally.ts';
import { both } from '../auth/words.ts';
import { inEachColumn, isNearlyAll } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide } from './either-side.ts';
import { recordsText } from './record-counts.ts';

export const columnConstant = defineSyncCause({
  id: 'sync.column-constant',
  title: both('A column has the same value in every record', '列の値がすべてのレコードで同じです'),
  about: both(
    'The step that writes this column gives every record one fixed value, for instance text that was typed into the mapping instead of the field, or a value of a test run. The real values never arrive.',
    'この列に書き込む処理が、すべてのレコードに同じ固定値を入れています。対応付けで項目の代わりに文字を直接入力した場合や、テスト時の値が残っている場合に起こります。本来の値は届いていません。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<{
      readonly side: Side;
      readonly value: string;
      readonly times: number;
      readonly rows: number;
      readonly distinct: number;
    }>({
      effect: 'wrong',
      // A constant fits any row: that it stands in all of them, but for what was typed in by hand, and the other side never has it, is the test.
      ownChance: true,
      propose: (view) =>
        inEachColumn(
          view,
          (made, side) => {
            const [value, times] = commonest(counted(made.map(({ to }) => to)));
            if (value === '') return undefined;
            // A step that skips what is empty writes its constant over all the rest.
            const blank = made.filter(({ from, to }) => from === '' && to === '').length;
            if (2 * blank > made.length || !isNearlyAll(times, made.length - blank)) return undefined;
            const own = counted(made.map(({ from }) => from));
            const distinct = [...own.keys()].filter((one) => one !== '').length;
            return own.has(value) || distinct < 3 ? undefined : { side, value, times, rows: made.length, distinct };
          },
          // Most columns show within a few rows that they are no constant.
          (at, side) => new Set(view.present.slice(0, 5).map(({ pair }) => pair[side][at] ?? '')).size <= 3,
        ),
      explains: (pair, column, { side, value }) => {
        const { from, to } = madeIn(pair, column, side);
        return to === value && from !== value;
      },
    }),
  ],
  because: (told) => {
    const { value, distinct, times, rows } = told.main.detail;
    const example = exampleOf(told);
    const records = recordsText(times, rows, told.fact);
    return both(
      `${told.columns} is "${value}" in ${records.en} in ${faultySide(told)}; ${otherSide(told)} has ${distinct} different values there, and never this one.${example.en}`,
      `${faultySide(told)} の ${told.columns} は、${records.ja}で「${value}」です。${otherSide(told)} には ${distinct} 種類の値があり、この値は一度も使われていません。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Open the mapping of ${told.columns} in the flow and replace the fixed value "${told.main.detail.value}" by the field of the source.`,
      `連携フローで ${told.columns} の対応付けを開き、固定値「${told.main.detail.value}」を元データの項目に置き換えます。`,
    ),
    both(`Write the column again for all records.`, `すべてのレコードについて、この列を書き直します。`),
  ],
});

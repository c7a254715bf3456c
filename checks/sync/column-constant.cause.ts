import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { both } from '../auth/words.ts';
import { counted, openColumns, presentIn, sides } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide, type Side } from './either-side.ts';

export const columnConstant = defineSyncCause({
  id: 'sync.column-constant',
  title: both('A column has the same value in every record', '列の値がすべてのレコードで同じです'),
  about: both(
    'The step that writes this column gives every record one fixed value, for instance text that was typed into the mapping instead of the field, or a value of a test run. The real values never arrive.',
    'この列に書き込む処理が、すべてのレコードに同じ固定値を入れています。対応付けで項目の代わりに文字を直接入力した場合や、テスト時の値が残っている場合に起こります。本来の値は届いていません。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<{ readonly side: Side; readonly value: string; readonly distinct: number }>({
      effect: 'wrong',
      // A constant fits any row: that the other side has many values, and never this one, is the test.
      ownChance: true,
      propose: (view) =>
        openColumns(view).flatMap(({ at }) =>
          sides.flatMap((side) => {
            const value = view.present[0]?.pair[side][at] ?? '';
            if (value === '' || view.present.some(({ pair }) => pair[side][at] !== value)) return [];
            const made = presentIn(view, at, side);
            const own = counted(made.map(({ from }) => from));
            const filled = [...own.keys()].filter((one) => one !== '').length;
            return own.has(value) || filled < 3 ? [] : [{ columns: [at], params: { side, value, distinct: filled } }];
          }),
        ),
      explains: (pair, column, { side, value }) => {
        const { from, to } = madeIn(pair, column, side);
        return to === value && from !== value;
      },
    }),
  ],
  because: (told) => {
    const { value, distinct } = told.main.detail;
    const example = exampleOf(told);
    return both(
      `${told.columns} is "${value}" in every record of ${faultySide(told)}; ${otherSide(told)} has ${distinct} different values there, and never this one.${example.en}`,
      `${faultySide(told)} の ${told.columns} は、すべてのレコードで「${value}」です。${otherSide(told)} には ${distinct} 種類の値があり、この値は一度も使われていません。${example.ja}`,
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

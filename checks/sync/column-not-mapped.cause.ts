import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import { both } from '../auth/words.ts';
import { inEachColumn, isNearlyAll } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide } from './either-side.ts';
import { recordsText } from './record-counts.ts';

export const columnNotMapped = defineSyncCause({
  id: 'sync.column-not-mapped',
  title: both('A column is never filled', '列に値がまったく入っていません'),
  about: both(
    'The column exists on both sides, but the sync does not write it: it is missing from the mapping, or the integration user may not edit the field. Every record is empty there.',
    '列は両側にありますが、連携で書き込まれていません。対応付けから漏れているか、連携用ユーザーに項目の編集権限がありません。すべてのレコードで空になっています。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<{ readonly side: Side; readonly filled: number; readonly empty: number; readonly rows: number }>({
      effect: 'wrong',
      // Empty fits any row: that none is filled, but for what somebody typed in by hand, is the test.
      ownChance: true,
      propose: (view) =>
        inEachColumn(view, (made, side) => {
          const empty = made.filter(({ to }) => to === '').length;
          if (!isNearlyAll(empty, made.length)) return undefined;
          const filled = made.filter(({ from }) => from !== '').length;
          return filled < 20 || made.length - empty > 0.1 * filled
            ? undefined
            : { side, filled, empty, rows: made.length };
        }),
      explains: (pair, column, { side }) => {
        const { from, to } = madeIn(pair, column, side);
        return to === '' && from !== '';
      },
    }),
  ],
  because: (told) => {
    const { filled, empty, rows } = told.main.detail;
    const example = exampleOf(told);
    const [none, some] = [recordsText(empty, rows, told.fact), recordsText(filled, rows, told.fact)];
    return both(
      `${told.columns} is empty in ${none.en} in ${faultySide(told)}; ${otherSide(told)} has a value in ${some.en}.${example.en}`,
      `${faultySide(told)} の ${told.columns} は、${none.ja}で空です。${otherSide(told)} では、${some.ja}に値があります。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Add ${told.columns} to the mapping of the sync, and check that the integration user may write the field in ${faultySide(told)}.`,
      `連携の対応付けに ${told.columns} を追加し、連携用ユーザーが ${faultySide(told)} のこの項目に書き込めるか確認します。`,
    ),
    both('Then fill the column once for the existing records.', 'その後、既存のレコードにも一度この列を書き込みます。'),
  ],
});

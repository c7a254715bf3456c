import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { eitherSideWhere, exampleOf, faultySide, type Made, otherSide } from './either-side.ts';

/** `8.13123E+11` of 813123456789: the same number to the digits that are left. */
const isScientific = ({ from, to }: Made): boolean => {
  if (!/^[+-]?[0-9]{5,40}$/.test(from)) return false;
  const parts = /^([+-]?[0-9])(?:\.([0-9]{1,20}))?[eE]\+?([0-9]{1,2})$/.exec(to);
  if (!parts) return false;
  return Number(Number(from).toExponential(parts[2]?.length ?? 0)) === Number(to);
};

export const scientificNotation = defineSyncCause({
  id: 'sync.scientific-notation',
  title: both('Long numbers were turned into scientific notation', '長い数字が指数表記（E+）になっています'),
  about: both(
    'A spreadsheet took a long number, such as a phone number, an id or a corporate number, for an amount and wrote it as 8.13E+11. All digits after those shown are lost, and different values became equal. They can only be taken from the source again.',
    '電話番号、ID、法人番号などの長い数字が、表計算ソフトで数値とみなされ、8.13E+11 のように保存されました。表示されている桁より下は失われ、別々の値が同じ値になっています。元データから取り直すしかありません。',
  ),
  owner: 'crm-admin',
  hypotheses: [eitherSideWhere(isScientific, { effect: 'wrong', signs: [/[eE]/] })],
  because: (told) => {
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} are the numbers of ${otherSide(told)} in scientific notation, rounded to fewer digits.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} の数字が ${faultySide(told)} では指数表記に丸められたものです。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Let the import of ${told.columns} be text (Excel: Data > From Text/CSV, column type Text), and never save the CSV from Excel.`,
      `${told.columns} を文字列として取り込みます（Excel の「データ > テキストまたは CSV から」で列を「テキスト」にします）。Excel で CSV を上書き保存しないでください。`,
    ),
    both(
      `Restore the values from ${otherSide(told)}: the digits cannot be computed back.`,
      `値を ${otherSide(told)} から戻します。失われた桁は計算では戻せません。`,
    ),
  ],
});

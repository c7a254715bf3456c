import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ColumnType, ComparedColumn } from '../../src/model/sync/column.ts';
import { both } from '../auth/words.ts';
import { eitherSideWhere, exampleOf, faultySide, type Made, otherSide } from './either-side.ts';

/** Numbers that are told by their digits: on the way to a number the dashes between them are lost as well. */
const divided: readonly ColumnType[] = ['phone', 'postcode'];

const isLost = ({ from, to }: Made, { type }: Pick<ComparedColumn, 'type'>): boolean => {
  const digits = divided.includes(type) && from.length <= 40 ? from.replace(/[-\s()]/g, '') : from;
  // A number of itself: 0.5 and 00:30 begin with a zero that means something else.
  if (!/^0[0-9]{1,30}$/.test(digits)) return false;
  const rest = digits.replace(/^0+/, '');
  return rest !== '' && (to === rest || to === `${rest}.0`);
};

export const leadingZeroLost = defineSyncCause({
  id: 'sync.leading-zero-lost',
  title: both('Leading zeros were lost', '先頭の 0 が失われています'),
  about: both(
    'A code, phone number or postcode that begins with 0 was taken for a number somewhere, most often in a spreadsheet, and its leading zeros are gone. 0312345678 became 312345678. The column has to be text all the way.',
    '0 で始まるコード、電話番号、郵便番号などが途中で数値として扱われ（多くは表計算ソフト）、先頭の 0 が失われました。0312345678 は 312345678 になります。最初から最後まで文字列として扱う必要があります。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    eitherSideWhere(isLost, {
      effect: 'wrong',
      types: ['text', 'name', 'company', 'phone', 'postcode', 'picklist', 'reference', 'id', 'address'],
    }),
  ],
  because: (told) => {
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} are those of ${otherSide(told)} without their leading zeros.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${faultySide(told)} の値が ${otherSide(told)} の値から先頭の 0 を除いたものです。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Make ${told.columns} a text column in ${faultySide(told)} and in every spreadsheet on the way (Excel: import it as Text, do not open the CSV by double click).`,
      `${faultySide(told)} と途中の表計算ソフトで、${told.columns} を文字列の列にします（Excel では CSV をダブルクリックで開かず、「文字列」として取り込みます）。`,
    ),
    both(
      `Write the affected records again from ${otherSide(told)}; do not pad with zeros where the length varies.`,
      `該当するレコードを ${otherSide(told)} から書き直します。桁数が一定でない値に 0 を補わないでください。`,
    ),
  ],
});

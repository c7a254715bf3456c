import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { isGarbled, isLossy, type Misreading } from '../../src/reason/encoding/garbled.ts';
import { both } from '../auth/words.ts';
import { eitherSideWhere, exampleOf, faultySide, type Made, otherSide } from './either-side.ts';

const readAsUtf8: readonly (readonly Misreading[])[] = [
  [{ written: 'cp932', read: 'utf-8' }],
  [{ written: 'euc-jp', read: 'utf-8' }],
  [{ written: 'latin1', read: 'utf-8' }],
];

const astralOnly = (from: string): boolean => [...from].every((character) => character <= '~' || character > '\uFFFF');

const isReplaced = ({ from, to }: Made): boolean => {
  if (!to.includes('\uFFFD') || from.includes('\uFFFD')) return false;
  if (readAsUtf8.some((chain) => isGarbled(from, to, chain))) return true;
  // Where nothing but emoji could have been lost, the column is too narrow for them: utf8mb3-four-byte.
  return isLossy(from, to) && !astralOnly(from);
};

export const mojibakeLossyReplacement = defineSyncCause({
  id: 'sync.mojibake-lossy-replacement',
  title: both('Characters were replaced by U+FFFD and are lost', '文字が U+FFFD（�）に置き換えられ、失われています'),
  about: both(
    'A program met bytes that are no character of the encoding it expects, such as Shift_JIS where it expects UTF-8, and wrote the replacement character U+FFFD in their place. What was there cannot be computed back. Only the source still has it.',
    '想定した文字コードでは読めないバイト（UTF-8 のつもりで読んだ Shift_JIS など）に出会ったプログラムが、代わりに置換文字 U+FFFD（�）を書き込みました。元の文字は計算では戻せません。元データから取り込み直す必要があります。',
  ),
  owner: 'crm-admin',
  unless: ['sync.utf8mb3-four-byte'],
  // Of a value that is lost altogether nothing is left to be held against unrelated rows; nobody types U+FFFD.
  hypotheses: [eitherSideWhere(isReplaced, { effect: 'wrong', evenFew: true, ownChance: true, signs: [/\uFFFD/] })],
  because: (told) => {
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} have the replacement character U+FFFD where ${otherSide(told)} has text; every other character agrees.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}では、${otherSide(told)} に文字がある位置で、${faultySide(told)} の値が置換文字 U+FFFD（�）になっています。ほかの文字は一致します。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      'Find the step that reads the data with the wrong encoding, and give it the one that the source is written in (Shift_JIS files of Windows: CP932).',
      '文字コードを誤って読んでいる処理を探し、元データの文字コード（Windows の Shift_JIS ファイルなら CP932）を指定します。',
    ),
    both(
      `Import the affected records again from ${otherSide(told)}: the lost characters cannot be restored from ${faultySide(told)}.`,
      `該当するレコードを ${otherSide(told)} から取り込み直します。失われた文字は ${faultySide(told)} の値からは復元できません。`,
    ),
    both(
      'Let the import stop on bytes it cannot read instead of replacing them.',
      '読めないバイトを置き換えず、エラーで止まるように取り込み処理を設定します。',
    ),
  ],
});

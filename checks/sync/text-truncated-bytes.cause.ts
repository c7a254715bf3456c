import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { truncatedIn } from './truncated.ts';

export const textTruncatedBytes = defineSyncCause({
  id: 'sync.text-truncated-bytes',
  title: both('Text is cut at a number of bytes', '文字列が一定のバイト数で切れています'),
  about: both(
    'A field of the target, or a step before it, counts bytes and not characters. A Japanese character takes three bytes in UTF-8 and two in Shift_JIS, so Japanese text is cut at a third or half of the length that English text may have. The cut part is only in the source.',
    '対象の項目、または途中の処理が、文字数ではなくバイト数で上限を数えています。日本語 1 文字は UTF-8 で 3 バイト、Shift_JIS で 2 バイトになるため、日本語の値は英数字の 3 分の 1 または半分の長さで切れます。切れた部分は元データにしか残っていません。',
  ),
  owner: 'crm-admin',
  unless: ['sync.name-split', 'sync.key-15-vs-18'],
  hypotheses: truncatedIn('utf-8', 'cp932'),
  because: (told) => {
    const { limit, unit } = told.main.detail;
    const charset = unit === 'cp932' ? 'Shift_JIS' : 'UTF-8';
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} end at ${limit} bytes of ${charset}, whatever their number of characters, and are the beginning of those of ${otherSide(told)}. Longer ones are all cut there, shorter ones are whole.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}では、${faultySide(told)} の値が文字数に関係なく ${charset} の ${limit} バイトで切れており、${otherSide(told)} の値の先頭と一致します。これより長い値はすべてここで切れ、短い値は切れていません。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Let ${told.columns} of ${faultySide(told)} count characters (Oracle: VARCHAR2(n CHAR); SQL Server: NVARCHAR), or give it three to four bytes a character.`,
      `${faultySide(told)} の ${told.columns} を文字数で数える型にするか（Oracle は VARCHAR2(n CHAR)、SQL Server は NVARCHAR）、1 文字あたり 3 から 4 バイトの長さにします。`,
    ),
    both(
      'Look for fixed byte lengths in file layouts of the flow as well.',
      '連携ファイルの固定長レイアウトにもバイト数の上限がないか確認します。',
    ),
    both(
      `Write the cut records again from ${otherSide(told)}.`,
      `切れたレコードを ${otherSide(told)} から書き直します。`,
    ),
  ],
});

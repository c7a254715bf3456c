import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { truncatedIn } from './truncated.ts';

export const textTruncatedChars = defineSyncCause({
  id: 'sync.text-truncated-chars',
  title: both('Text is cut at a number of characters', '文字列が一定の文字数で切れています'),
  about: both(
    'A field of the target, or a step before it, takes only so many characters and drops the rest without an error. Everything that is shorter arrives whole. The cut part is only in the source.',
    '対象の項目、または途中の処理が受け取れる文字数に上限があり、超えた分はエラーにならずに捨てられています。上限より短い値は正しく届きます。切れた部分は元データにしか残っていません。',
  ),
  owner: 'crm-admin',
  unless: ['sync.name-split', 'sync.key-15-vs-18'],
  hypotheses: truncatedIn('characters', 'utf-16'),
  because: (told) => {
    const { limit, unit, bytes } = told.main.detail;
    const asBytes =
      typeof bytes === 'number'
        ? both(
            ` All of these take ${bytes} bytes in UTF-8, so that it may as well be a limit of ${bytes} to ${bytes + 2} bytes.`,
            `切れた値はすべて UTF-8 で ${bytes} バイトのため、${bytes}～${bytes + 2} バイトの上限とも考えられます。`,
          )
        : both('', '');
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} end after ${limit} characters${unit === 'utf-16' ? ' (an emoji counts as two)' : ''}, and are the beginning of those of ${otherSide(told)}. Longer ones are all cut there, shorter ones are whole.${asBytes.en}${example.en}`,
      `${told.columns} の差異 ${told.share.ja}では、${faultySide(told)} の値が ${limit} 文字${unit === 'utf-16' ? '（絵文字は 2 文字と数えます）' : ''}で切れており、${otherSide(told)} の値の先頭と一致します。これより長い値はすべてここで切れ、短い値は切れていません。${asBytes.ja}${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Widen ${told.columns} of ${faultySide(told)} beyond ${told.main.detail.limit} characters, and look for the same limit in the flow and in staging tables.`,
      `${faultySide(told)} の ${told.columns} を ${told.main.detail.limit} 文字より長くします。連携フローや中間テーブルにも同じ上限がないか確認します。`,
    ),
    both(
      'If it cannot be widened, split the value over two fields, or let longer ones be rejected with an error.',
      '長くできない場合は、2 つの項目に分けるか、超えた値をエラーとして拒否するようにします。',
    ),
    both(
      `Write the cut records again from ${otherSide(told)}.`,
      `切れたレコードを ${otherSide(told)} から書き直します。`,
    ),
  ],
});

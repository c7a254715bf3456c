import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { injectedInto } from './injected.ts';
import { isNullToken } from './null-tokens.ts';

export const nullToken = defineSyncCause({
  id: 'sync.null-token',
  title: both(
    'Empty values were written as a word or number',
    '空の値が「NULL」などの文字や数値として書き込まれています',
  ),
  about: both(
    'A program wrote something for "no value" that the other side takes for a value: NULL, N/A, \\N, 0, 1900-01-01 or 未設定. Searches for empty fields no longer find these records, and mails may be addressed to "NULL".',
    '「値なし」を表すためにプログラムが書いたもの（NULL、N/A、\\N、0、1900-01-01、未設定など）が、もう一方では普通の値として扱われています。空欄の検索で見つからなくなり、「NULL 様」宛のメールが送られることもあります。',
  ),
  owner: 'crm-admin',
  unless: ['sync.column-constant'],
  hypotheses: [injectedInto(isNullToken)],
  because: (told) => {
    const { value } = told.main.detail;
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differences are empty in ${otherSide(told)} and "${value}" in ${faultySide(told)}, which no filled record has there.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} が空で、${faultySide(told)} が「${value}」です。値のあるレコードにこの値はほとんどありません。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `In the step that writes to ${faultySide(told)}, map an absent value to a real null (or an empty cell), not to "${told.main.detail.value}".`,
      `${faultySide(told)} に書き込む処理で、値がないときは「${told.main.detail.value}」ではなく本当の null（または空欄）を渡すようにします。`,
    ),
    both(
      `Clear ${told.columns} of ${faultySide(told)} where it is "${told.main.detail.value}" and the source is empty.`,
      `元データが空で「${told.main.detail.value}」になっている ${faultySide(told)} の ${told.columns} を空に戻します。`,
    ),
  ],
});

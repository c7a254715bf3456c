import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { hasTags, visible } from '../../src/reason/encoding/markup.ts';
import { both } from '../auth/words.ts';
import { eitherSideWhere, exampleOf, faultySide, type Made, otherSide } from './either-side.ts';

const isStripped = ({ from, to }: Made): boolean => {
  if (!hasTags(from) || hasTags(to) || to === '') return false;
  const shown = visible(from);
  return shown !== '' && (shown === visible(to) || shown === to.replaceAll(/[\s\u00a0\u3000]+/g, ''));
};

export const richTextStripped = defineSyncCause({
  id: 'sync.rich-text-stripped',
  title: both(
    'One side keeps formatted text, the other plain text',
    '一方は書式付きテキスト、もう一方はプレーンテキストです',
  ),
  about: both(
    'A rich text field of one side holds HTML, and the other side keeps only the text of it. Links, lists and line breaks are lost on the way. If the plain text is written back, the formatting is lost on both sides.',
    '一方のリッチテキスト項目は HTML を持ち、もう一方はその文字だけを持っています。リンク、箇条書き、改行は途中で失われます。プレーンテキストが書き戻されると、両方の書式が失われます。',
  ),
  owner: 'crm-admin',
  hypotheses: [eitherSideWhere(isStripped, { effect: 'wrong', signs: [/[<>]/] })],
  because: (told) => {
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differences are HTML in ${otherSide(told)} and the same text without its tags in ${faultySide(told)}.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} が HTML で、${faultySide(told)} はタグを除いた同じ文字列です。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Map ${told.columns} to a rich text field of ${faultySide(told)}, or to a plain text field of both sides.`,
      `${told.columns} を ${faultySide(told)} のリッチテキスト項目に対応付けるか、両側ともプレーンテキスト項目にします。`,
    ),
    both(
      'If plain text is meant, let the sync run in one direction only, so that the formatting is not overwritten.',
      'プレーンテキストで良い場合は、書式が上書きされないように、連携を一方向だけにします。',
    ),
  ],
});

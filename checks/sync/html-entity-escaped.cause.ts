import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { unescaped } from '../../src/reason/encoding/markup.ts';
import { both } from '../auth/words.ts';
import { eitherSide, exampleOf, faultySide, otherSide } from './either-side.ts';

/** How often the value was escaped until it became the other, at most three times. */
const timesEscaped = (from: string, to: string): number => {
  let now = to;
  for (let times = 1; times <= 3; times += 1) {
    const next = unescaped(now);
    if (next === now) return 0;
    if (next === from) return times;
    now = next;
  }
  return 0;
};

export const htmlEntityEscaped = defineSyncCause({
  id: 'sync.html-entity-escaped',
  title: both(
    'Text was escaped for HTML and stored like that',
    'HTML 用にエスケープされた文字列がそのまま保存されています',
  ),
  about: both(
    'A program escaped text for a web page (& to &amp;, quotes to &quot; or &#39;) and the escaped form was stored as the value. When it is escaped at every run, the value grows each time. Escaping belongs to the moment of display, not to transport.',
    'Web ページに表示するためのエスケープ（& を &amp; に、引用符を &quot; や &#39; にする変換）が行われ、その結果が値として保存されています。実行のたびに行われると、値は毎回長くなります。エスケープは表示のときだけ行うもので、連携の途中で行うものではありません。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    eitherSide<{ readonly times: number }>({
      effect: 'wrong',
      signs: [/[&;]/],
      propose: (made) =>
        [1, 2, 3].flatMap((times) =>
          made.some(({ from, to }) => timesEscaped(from, to) === times) ? [{ times }] : [],
        ),
      explains: ({ from, to }, { times }) => timesEscaped(from, to) === times,
    }),
  ],
  because: (told) => {
    const times = Number(told.main.detail.times);
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} are those of ${otherSide(told)}, escaped for HTML ${times === 1 ? 'once' : `${times} times`}: unescaped they are equal.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} の値を HTML 用に ${times} 回エスケープしたものが ${faultySide(told)} に入っています。元に戻すと一致します。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Take the HTML escaping out of the step that writes to ${faultySide(told)} (in workflows: use the value itself, not the one made for a web page or mail).`,
      `${faultySide(told)} に書き込む処理から HTML エスケープを外します（ワークフローでは、画面やメール用ではない元の値を使います）。`,
    ),
    both(
      'Unescape the stored values once, or write them again from the source.',
      '保存済みの値を一度だけ元に戻すか、元データから書き直します。',
    ),
  ],
});

import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import type { PairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Text } from '../../src/model/text.ts';
import { type CharacterSet, hasCharacter, narrowCharset } from '../../src/reason/encoding/bytes.ts';
import { both } from '../auth/words.ts';
import { eitherSide, exampleOf, faultySide, type Made, otherSide } from './either-side.ts';
import { textOf } from './value-words.ts';

interface Loss extends Readonly<Record<string, unknown>> {
  readonly charset: CharacterSet;
  /** What stands in place of each lost character. */
  readonly mark: string;
}

const marks = ['?', '〓', '？', '■', '□', '・'];
const anyMark = /[?〓？■□・]/;
// Of two that lack the same, the one that lacks less comes first.
const charsets = ['cp932', 'jis-x-0208', 'euc-jp', 'windows-1252'] as const;
const called: Readonly<Record<string, Text>> = {
  cp932: both('CP932 (Shift_JIS of Windows)', 'CP932（Windows の Shift_JIS）'),
  'jis-x-0208': both(
    'JIS X 0208 (Shift_JIS or ISO-2022-JP without the additions of Windows)',
    'JIS X 0208（Windows の拡張を含まない Shift_JIS や ISO-2022-JP）',
  ),
};
const longest = 20_000;

/** The characters that gave way to the mark; undefined where anything else differs, or a lost one is in the charset. */
const lostIn = ({ from, to }: Made, { charset, mark }: Loss): readonly string[] | undefined => {
  if (from === to || !to.includes(mark) || from.length > longest || to.length > longest) return undefined;
  const lost: string[] = [];
  let at = 0;
  for (const character of from) {
    if (to.startsWith(character, at)) {
      // What the charset cannot hold and yet stands speaks against it.
      if (character > '~' && !hasCharacter(character, charset, 'somehow')) return undefined;
      at += character.length;
      continue;
    }
    if (!to.startsWith(mark, at) || hasCharacter(character, charset, 'strictly')) return undefined;
    lost.push(character);
    at += mark.length;
    // Some write a mark for each half of a surrogate pair.
    if (character.length === 2 && to.startsWith(mark, at) && to.length - at > 0 && !from.includes(mark)) {
      const rest = to.length - at;
      const expected = from.length - from.indexOf(character) - 2;
      if (rest > expected) at += mark.length;
    }
  }
  return at === to.length && lost.length > 0 ? lost : undefined;
};

/** Emoji alone: the column is too narrow for four bytes. A mark in one place may be typed by hand. */
const mostlyPlain = (lost: readonly string[]): boolean => lost.filter(({ length }) => length === 1).length >= 3;

const replaced = (isEnough: (lost: readonly string[]) => boolean): PairsHypothesis =>
  eitherSide<Loss>({
    effect: 'wrong',
    evenFew: true,
    // Of a value that is lost altogether only marks are left, which fit any row of that length; the places are the test.
    ownChance: true,
    signs: [anyMark],
    propose: (made) => {
      const marked = made.filter(
        ({ from, to }) => anyMark.test(to) && marks.some((mark) => to.includes(mark) && !from.includes(mark)),
      );
      if (marked.length === 0) return [];
      return charsets.flatMap((charset) =>
        marks.flatMap((mark) => {
          const lost = marked.flatMap((one) => lostIn(one, { charset, mark }) ?? []);
          return isEnough(lost) ? [{ charset, mark, characters: [...new Set(lost)].slice(0, 20).join('') }] : [];
        }),
      );
    },
    explains: (made, params) => lostIn(made, params) !== undefined,
  });

const charsetIn = ({ main }: Told): Text => {
  const name = textOf(main.detail.charset);
  return called[name] ?? both(name, name);
};

/** A file that is written in this very charset: the least that it lacks is lost to it. */
const inItsOwn = (hypothesis: PairsHypothesis): PairsHypothesis => ({
  ...hypothesis,
  propose: (view) =>
    hypothesis
      .propose(view)
      .filter(({ params: { side, charset } }) =>
        (['left', 'right'] as const).some(
          (one) => one === side && narrowCharset(view.sources[one].encoding) === charset,
        ),
      )
      .map(({ columns, params }) => ({ columns, params: { ...params, own: true } })),
});

export const charsetUnmappable = defineSyncCause({
  id: 'sync.charset-unmappable',
  title: both(
    'Characters that the target encoding does not have became question marks',
    '対象の文字コードにない文字が「?」などに置き換わっています',
  ),
  about: both(
    'The target, or a step on the way to it, stores text in an encoding such as Shift_JIS or Latin-1 that does not have every character. What it does not have, such as 𠮷, é or an emoji, is replaced by "?" or "〓". The original characters are only in the source.',
    '対象のシステム、または途中の処理が、Shift_JIS や Latin-1 のように一部の文字しか持たない文字コードで保存しています。「𠮷」「é」や絵文字のように含まれない文字は「?」や「〓」に置き換わります。元の文字は元データにしか残っていません。',
  ),
  owner: 'crm-admin',
  unless: ['sync.utf8mb3-four-byte'],
  hypotheses: [replaced(mostlyPlain), inItsOwn(replaced((lost) => lost.length > 0))],
  because: (told) => {
    const { mark, characters } = told.main.detail;
    const charset = charsetIn(told);
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} have "${mark}" exactly where ${otherSide(told)} has a character that ${charset.en} does not have (${characters}); all others agree.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}では、${charset.ja} にない文字（${characters}）の位置だけが、${faultySide(told)} で「${mark}」になっています。ほかの文字はすべて一致します。${example.ja}`,
    );
  },
  steps: (told) => [
    ...(told.main.detail.own === true
      ? [
          both(
            `${faultySide(told)} itself is written in ${charsetIn(told).en}: export it as UTF-8 (Excel: "CSV UTF-8"), and the characters are there again if only the export lost them.`,
            `${faultySide(told)} 自体が ${charsetIn(told).ja} のファイルです。UTF-8（Excel では「CSV UTF-8」）で出力し直します。出力時にだけ失われていた場合は、これで元の文字が戻ります。`,
          ),
        ]
      : []),
    both(
      `Let ${faultySide(told)}, and every file and connection on the way to it, hold UTF-8 (or UTF-16: NVARCHAR).`,
      `${faultySide(told)} と、そこまでのファイルや接続をすべて UTF-8（または NVARCHAR などの UTF-16）にします。`,
    ),
    both(
      `Write the affected records again from ${otherSide(told)}; "${told.main.detail.mark}" does not tell what was there.`,
      `該当するレコードを ${otherSide(told)} から書き直します。「${told.main.detail.mark}」から元の文字は分かりません。`,
    ),
    both(
      'If the target has to stay as it is, agree on a substitute for each of these characters and map them on purpose.',
      '対象の文字コードを変えられない場合は、文字ごとの代替文字を決めて、明示的に変換します。',
    ),
  ],
});

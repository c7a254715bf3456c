import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { PairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { narrowCharset } from '../../src/reason/encoding/bytes.ts';
import { both } from '../auth/words.ts';
import { eitherSide, exampleOf, faultySide, type Made, otherSide } from './either-side.ts';

const hows = ['cut', 'dropped', 'replaced'] as const;
type How = (typeof hows)[number];

const longest = 20_000;
const isAstral = (character: string): boolean => character.length === 2;
/** Variation selectors are left out by other programs as well, and the character before them stays. */
const isSelector = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xe0100 && code <= 0xe01ef;
};

/** Each four-byte character is one to four marks, all else stands. */
const isReplaced = (from: string, to: string): boolean => {
  let at = 0;
  // Of the characters before this one: how many marks there may still be for them.
  let most = 0;
  let lost = 0;
  let mark = '';
  for (const character of from) {
    if (isAstral(character)) {
      const found = to[at] ?? '';
      if (most === 0) mark = found;
      if ((found !== '?' && found !== '\uFFFD') || found !== mark) return false;
      at += 1;
      most += 3;
      lost += 1;
      continue;
    }
    while (most > 0 && to[at] === mark && mark !== character) {
      at += 1;
      most -= 1;
    }
    most = 0;
    if (!to.startsWith(character, at)) return false;
    at += 1;
  }
  while (most > 0 && to[at] === mark) {
    at += 1;
    most -= 1;
  }
  return lost > 0 && at === to.length;
};

const isLost = ({ from, to }: Made, how: How): boolean => {
  if (from === to || from.length > longest || to.length > longest) return false;
  const first = from.search(/[\u{10000}-\u{10FFFF}]/u);
  if (first === -1) return false;
  switch (how) {
    case 'cut':
      return to === from.slice(0, first) || to === from.slice(0, first).trimEnd();
    case 'dropped': {
      const left = [...from].filter((character) => !isAstral(character)).join('');
      return to === left || to === left.trim();
    }
    case 'replaced':
      return isReplaced(from, to);
  }
};

/** A file of a narrow charset has no four-byte character in any case: a mark says nothing of a column behind it. */
const ofUnicode = (hypothesis: PairsHypothesis): PairsHypothesis => ({
  ...hypothesis,
  propose: (view) =>
    hypothesis
      .propose(view)
      .filter(
        ({ params: { how, side } }) =>
          how !== 'replaced' || narrowCharset(view.sources[side === 'left' ? 'left' : 'right'].encoding) === undefined,
      ),
});

const says = {
  cut: both('end before the first four-byte character', '最初の 4 バイト文字の手前で切れています'),
  dropped: both('lack their four-byte characters', '4 バイト文字だけが抜けています'),
  replaced: both('have question marks for their four-byte characters', '4 バイト文字だけが「?」に置き換わっています'),
};

export const utf8mb3FourByte = defineSyncCause({
  id: 'sync.utf8mb3-four-byte',
  title: both(
    'The target cannot hold four-byte characters (emoji, 𠮷)',
    '対象が 4 バイト文字（絵文字や「𠮷」）を保存できません',
  ),
  about: both(
    'The column, table or connection of the target is set to the old "utf8" of MySQL (utf8mb3), or a like encoding, which holds characters of up to three bytes. Emoji and rare kanji such as 𠮷 need four. Depending on the settings the value is cut there, the character is left out, or it becomes "?".',
    '対象の列、表または接続が、3 バイトまでの文字しか保存できない MySQL の旧「utf8」（utf8mb3）などに設定されています。絵文字や「𠮷」のような漢字は 4 バイト必要です。設定により、値がそこで切れるか、その文字が抜けるか、「?」になります。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    ofUnicode(
      eitherSide<{ readonly how: How }>({
        effect: 'wrong',
        evenFew: true,
        // A value that was nothing but emoji is gone altogether; that every loss is at such a character is the test.
        ownChance: true,
        signs: [/[\ud800-\udfff]/],
        propose: (made) => {
          const able = made.filter(({ from }) => /[\ud800-\udbff]/.test(from));
          if (able.length === 0) return [];
          // A lost 髙 or é among them speaks for a charset that is narrower still; what stands speaks against it.
          return hows.flatMap((how) => {
            const lost = able.filter((one) => isLost(one, how));
            const own = lost.some(({ from }) => [...from].some((one) => isAstral(one) && !isSelector(one)));
            const narrower =
              how === 'replaced' &&
              made.some(({ from, to }) => [...from].length === to.length && mostlyBmpLost(from, to));
            return own && !narrower ? [{ how }] : [];
          });
        },
        explains: (made, { how }) => isLost(made, how),
      }),
    ),
  ],
  because: (told) => {
    const how = hows.find((one) => one === told.main.detail.how) ?? 'cut';
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} ${says[how].en}, and agree with ${otherSide(told)} otherwise.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${faultySide(told)} では${says[how].ja}。それ以外は ${otherSide(told)} と一致します。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Where MySQL or MariaDB holds ${faultySide(told)}, convert its table: ALTER TABLE … CONVERT TO CHARACTER SET utf8mb4 (check the lengths of indexes first).`,
      `${faultySide(told)} のデータが MySQL・MariaDB にある場合は表を変換します: ALTER TABLE … CONVERT TO CHARACTER SET utf8mb4（先に索引の長さを確認してください）。`,
    ),
    ...(told.main.detail.how === 'replaced'
      ? [
          both(
            'Where there is no such table: a file or program on the way that writes Shift_JIS (CP932) loses the same characters. Let it write UTF-8.',
            'そのような表がない場合は、途中のファイルやプログラムが Shift_JIS（CP932）で出力していないか確認し、UTF-8 に変更します。同じ文字が失われます。',
          ),
        ]
      : []),
    both(
      'Set the connection of the sync to utf8mb4 as well (SET NAMES utf8mb4, or charset=utf8mb4 in the URL).',
      '連携の接続も utf8mb4 にします（SET NAMES utf8mb4、または URL の charset=utf8mb4）。',
    ),
    both(
      `Write the affected records again from ${otherSide(told)}, and check one with an emoji and one with 𠮷.`,
      `該当するレコードを ${otherSide(told)} から書き直し、絵文字と「𠮷」を含むものを 1 件ずつ確認します。`,
    ),
  ],
});

/** Whether a character of the basic plane became a question mark and nothing else changed. */
function mostlyBmpLost(from: string, to: string): boolean {
  const characters = [...from];
  let lost = false;
  for (const [at, character] of characters.entries()) {
    if (to[at] === character) continue;
    if (to[at] !== '?') return false;
    if (!isAstral(character)) lost = true;
  }
  return lost;
}

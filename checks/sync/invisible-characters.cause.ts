import type { ValuePair } from '../../src/model/sync/hypothesis.ts';
import { invisible } from '../../src/reason/values/invisible.normal.ts';
import { guardOf, textGuard } from '../../src/reason/values/text-guard.normal.ts';
import { notationCause, notationHypotheses } from './notation.ts';

const hidden = /[\0-\x08\x0e-\x1f\x7f\u00a0\u00ad\u061c\u180e\u2007\u200b-\u200f\u202a-\u202f\u2060-\u2069\ufeff]/g;

/** `U+200B`, the most frequent first. */
const codePoints = (pairs: readonly ValuePair[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { left, right } of pairs) {
    for (const sign of new Set(`${left}${right}`.slice(0, 4000).match(hidden))) {
      const name = `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([name]) => name);
};

/** The sign by which most of the values are kept as text. */
const guardIn = (pairs: readonly ValuePair[]): Readonly<Record<string, unknown>> => {
  const signs = pairs.flatMap(({ left, right }) => guardOf(left) ?? guardOf(right) ?? []);
  const formulas = signs.filter((sign) => sign === 'formula').length;
  return { guard: 2 * formulas >= signs.length ? '="…"' : "'" };
};

const guardTold = {
  en: 'It was put there so that a spreadsheet takes no value for a number or a date (0012 for 12), and a spreadsheet does not show it; whatever else reads the file takes it for a part of the value.',
  ja: '数値や日付に変換されないように（0012 が 12 になるなど）付けられたものです。表計算ソフトでは表示されませんが、ほかのプログラムは値の一部として読み取ります。',
};

const guardSteps = [
  {
    en: 'Take the sign out of the formula, macro or export that writes it, and write the bare value. Where a spreadsheet has to open the file, import it there with the column as Text (Excel: Data > From Text/CSV); then no sign is needed.',
    ja: '記号を付けている数式・マクロ・出力設定を直し、値だけを書き出します。表計算ソフトで開く必要がある場合は、列の型を「テキスト」にして取り込めば（Excel では「データ」>「テキストまたは CSV から」）、記号は不要です。',
  },
  {
    en: 'Remove the sign from values that were stored with it, and from the file before it is imported.',
    ja: '記号が付いたまま保存された値からも、取り込む前のファイルからも、記号を取り除きます。',
  },
];

const guardOdd = { en: 'The sign is', ja: 'この記号' };

export const invisibleCharacters = notationCause({
  id: 'sync.invisible-characters',
  title: { en: 'Invisible characters', ja: '見えない文字が含まれています' },
  about: {
    en: 'Values hold characters that nobody sees: zero-width spaces, no-break spaces, byte order marks, control characters. They come with text that was copied from web pages, PDF files or workbooks. Searches and unique keys fail on them. The signs by which a spreadsheet keeps a value as text (="0012" or \'0012) are of this kind: it does not show them, other programs read them as part of the value.',
    ja: '値の中に、ゼロ幅スペース・ノーブレークスペース・BOM・制御文字など、目に見えない文字が含まれています。Web ページ、PDF、Excel などから貼り付けたときに入り込みます。検索や重複チェックが正しく働かなくなります。表計算ソフトで値を文字列のまま扱うための記号（="0012" や \'0012）も、表計算ソフトでは見えず、ほかのプログラムでは値の一部として読まれます。',
  },
  rules: [invisible],
  differsIn: { en: 'invisible characters', ja: '見えない文字' },
  odd: { en: 'The invisible characters are', ja: '見えない文字' },
  others: notationHypotheses({
    rules: [textGuard],
    odd: guardOdd,
    isOdd: (value) => guardOf(value) !== undefined,
    fewValues: 'maybe',
    detail: guardIn,
  }),
  wordsFor: ({ guard }) =>
    typeof guard === 'string'
      ? {
          differsIn: {
            en: `the sign by which a spreadsheet keeps a value as text (${guard})`,
            ja: `表計算ソフトで値を文字列のまま扱うための記号（${guard}）`,
          },
          odd: guardOdd,
          steps: guardSteps,
        }
      : undefined,
  detail: (pairs) => ({ codePoints: codePoints(pairs) }),
  more: ({ codePoints: seen, guard }) => {
    if (guard !== undefined) return guardTold;
    return Array.isArray(seen) && seen.length > 0
      ? { en: `Found: ${seen.join(', ')}.`, ja: `見つかった文字: ${seen.join('、')}。` }
      : undefined;
  },
  steps: [
    {
      en: 'Remove these characters where values enter the system (form, import, sync job), and once from the stored values.',
      ja: '値の入口（入力フォーム・取り込み・連携ジョブ）でこれらの文字を取り除き、保存済みの値からも一度削除します。',
    },
  ],
});

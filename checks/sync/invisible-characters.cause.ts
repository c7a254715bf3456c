import type { ValuePair } from '../../src/model/sync/hypothesis.ts';
import { invisible } from '../../src/reason/values/invisible.normal.ts';
import { notationCause } from './notation.ts';

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

export const invisibleCharacters = notationCause({
  id: 'sync.invisible-characters',
  title: { en: 'Invisible characters', ja: '見えない文字が含まれています' },
  about: {
    en: 'Values hold characters that nobody sees: zero-width spaces, no-break spaces, byte order marks, control characters. They come with text that was copied from web pages, PDF files or workbooks. Searches and unique keys fail on them.',
    ja: '値の中に、ゼロ幅スペース・ノーブレークスペース・BOM・制御文字など、目に見えない文字が含まれています。Web ページ、PDF、Excel などから貼り付けたときに入り込みます。検索や重複チェックが正しく働かなくなります。',
  },
  rules: [invisible],
  differsIn: { en: 'invisible characters', ja: '見えない文字' },
  odd: { en: 'The invisible characters are', ja: '見えない文字' },
  detail: (pairs) => ({ codePoints: codePoints(pairs) }),
  more: ({ codePoints: seen }) =>
    Array.isArray(seen) && seen.length > 0
      ? { en: `Found: ${seen.join(', ')}.`, ja: `見つかった文字: ${seen.join('、')}。` }
      : undefined,
  steps: [
    {
      en: 'Remove these characters where values enter the system (form, import, sync job), and once from the stored values.',
      ja: '値の入口（入力フォーム・取り込み・連携ジョブ）でこれらの文字を取り除き、保存済みの値からも一度削除します。',
    },
  ],
});

import type { ValuePair } from '../../src/model/sync/hypothesis.ts';
import { kanjiVariant } from '../../src/reason/values/kanji-variant.normal.ts';
import { notationCause } from './notation.ts';

const selector = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** `髙/高`, the most frequent first. */
const substitutions = (pairs: readonly ValuePair[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const pair of pairs.slice(0, 500)) {
    const [left, right] = [[...pair.left.replace(selector, '')], [...pair.right.replace(selector, '')]];
    for (const [at, sign] of left.entries()) {
      const other = right[at];
      if (other !== undefined && other !== sign) {
        counts.set(`${sign}/${other}`, (counts.get(`${sign}/${other}`) ?? 0) + 1);
      }
    }
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 8)
    .map(([pair]) => pair);
};

export const kanjiVariantCause = notationCause({
  id: 'sync.kanji-variant',
  title: { en: 'Variants of kanji', ja: '異体字の違いがあります' },
  about: {
    en: 'One side writes a name with another form of the same kanji (髙橋 for 高橋, 﨑 for 崎), or with a variation selector that the other side lost. Systems without the form replace it. It is the same kanji, but people care about the form of their name: it is not to be overwritten without asking.',
    ja: '同じ漢字の別の字形（高橋と髙橋、崎と﨑など）で書かれているか、字形を選ぶ異体字セレクターが一方で失われています。その字形を扱えないシステムが置き換えた場合に起こります。字としては同じですが、氏名の字形は本人にとって重要なため、確認なしに上書きしないでください。',
  },
  types: ['text', 'name', 'company', 'address'],
  rules: [kanjiVariant],
  differsIn: { en: 'variants of the same kanji', ja: '異体字' },
  odd: { en: 'The rarer forms are', ja: '異体字' },
  detail: (pairs) => ({ substitutions: substitutions(pairs) }),
  more: ({ substitutions: seen }) =>
    Array.isArray(seen) && seen.length > 0
      ? { en: `Seen: ${seen.join(', ')}.`, ja: `実際の組み合わせ: ${seen.join('、')}。` }
      : undefined,
  steps: [
    {
      en: 'Keep the official spelling in one field of the system of record, and a simplified one for search and matching in another; the sync must not write the simplified one back.',
      ja: '正式な字形は主となるシステムの 1 項目に保持し、検索・照合用の簡略な表記は別の項目に分けます。簡略な表記が正式な項目に書き戻されないようにします。',
    },
    {
      en: 'Look whether the other side can store these characters at all (UTF-8, fonts, CP932 replacement tables) before anything is copied.',
      ja: 'コピーする前に、もう一方のシステムがこれらの文字を保存できるか（UTF-8、CP932 への置き換え表など）を確認します。',
    },
  ],
});

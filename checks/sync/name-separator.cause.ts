import { nameSeparator } from '../../src/reason/values/name-separator.normal.ts';
import { notationCause } from './notation.ts';

export const nameSeparatorCause = notationCause({
  id: 'sync.name-separator',
  title: { en: 'Another separator within names', ja: '姓名の区切りが異なります' },
  about: {
    en: 'Names differ only in what stands between their parts: nothing, a half-width or full-width blank, or a middle dot. One system joins family and given name without a blank, the other with one.',
    ja: '姓と名などの間の区切り（なし・半角空白・全角空白・中黒）だけが異なります。一方のシステムは姓と名を空白なしで連結し、もう一方は空白を入れて連結している場合などに起こります。',
  },
  types: ['name', 'company'],
  unless: ['sync.whitespace', 'sync.invisible-characters', 'sync.newline-form'],
  rules: [nameSeparator],
  differsIn: { en: 'the separator between the parts of a name', ja: '姓名などの区切り文字' },
  odd: { en: 'The separators are', ja: '区切り文字' },
  steps: [
    {
      en: 'Keep family and given name in fields of their own, and join them with one and the same separator in both systems; without a separator no program can take them apart again.',
      ja: '姓と名は別々の項目に保存し、連結するときは両方のシステムで同じ区切り文字を使います。区切りがないと、後から姓と名に分けることができません。',
    },
  ],
});

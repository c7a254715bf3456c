import { type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { nameSeparator } from '../../src/reason/values/name-separator.normal.ts';
import { type NotationDetail, notationCause, oddSide, sameUnder } from './notation.ts';

const dot = /[・･·＝゠]/;
/** Words, and no sentences. */
const longest = 40;
const same = sameUnder([nameSeparator]);

/** In a column of texts a blank may mean anything; a middle dot that is there on one side only parts names. */
const isParted = (pair: ValuePair): boolean =>
  pair.left.length <= longest &&
  pair.right.length <= longest &&
  dot.test(pair.left) !== dot.test(pair.right) &&
  same(pair);

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
  others: [
    valueHypothesis<NotationDetail>({
      effect: 'notation',
      types: ['text', 'picklist'],
      propose: (pairs) => {
        const parted = pairs.filter(isParted);
        return parted.length === 0 ? [] : [{ side: oddSide(parted, (value) => dot.test(value)) }];
      },
      explains: isParted,
    }),
  ],
  differsIn: { en: 'the separator between the parts of a name', ja: '姓名などの区切り文字' },
  odd: { en: 'The separators are', ja: '区切り文字' },
  steps: [
    {
      en: 'Keep family and given name in fields of their own, and join them with one and the same separator in both systems; without a separator no program can take them apart again.',
      ja: '姓と名は別々の項目に保存し、連結するときは両方のシステムで同じ区切り文字を使います。区切りがないと、後から姓と名に分けることができません。',
    },
  ],
});

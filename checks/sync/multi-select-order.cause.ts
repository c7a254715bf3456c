import { pairsHypothesis, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { listForm } from '../../src/reason/values/list-form.normal.ts';
import { multiSelectOrder } from '../../src/reason/values/multi-select-order.normal.ts';
import { equalBy } from '../../src/reason/values/normal-rules.ts';
import { type NotationDetail, notationCause } from './notation.ts';

/** In a column of texts only a list that one side writes in brackets, in the same order. */
const sameList = ({ left, right }: { readonly left: string; readonly right: string }): boolean =>
  left !== '' && right !== '' && equalBy(listForm, left, right);

export const multiSelectOrderCause = notationCause({
  id: 'sync.multi-select-order',
  title: { en: 'Several choices in another order', ja: '複数選択の順序や区切りが異なります' },
  about: {
    en: 'A field of several choices holds the same choices on both sides in another order or with another separator (semicolon, comma, line end), or one side writes a list in brackets, as a database exports an array ({a,b}). The choices are equal.',
    ja: '複数選択の項目で、同じ選択肢が異なる順序や区切り（セミコロン・カンマ・改行）で保存されているか、片側がデータベースの配列の出力のように括弧付き（{a,b}）で書かれています。選択されている内容は同じです。',
  },
  types: ['multi-picklist'],
  unless: ['sync.width-fullwidth', 'sync.whitespace', 'sync.newline-form'],
  rules: [multiSelectOrder],
  // Of two options there is one set that can be written in two ways.
  fewValues: 'maybe',
  differsIn: { en: 'the order, the separator or the brackets of choices', ja: '選択肢の順序や区切り、括弧' },
  others: [
    pairsHypothesis(
      valueHypothesis<NotationDetail>({
        effect: 'notation',
        types: ['text'],
        propose: (pairs) => (pairs.some(sameList) ? [{ side: 'both' }] : []),
        explains: sameList,
      }),
    ),
  ],
  steps: [
    {
      en: 'Compare such fields as sets: split, sort and join them with one separator before they are compared or written.',
      ja: '複数選択の項目は集合として比較します。比較や書き込みの前に、分割・並べ替えをして同じ区切りで連結します。',
    },
  ],
});

import { multiSelectOrder } from '../../src/reason/values/multi-select-order.normal.ts';
import { notationCause } from './notation.ts';

export const multiSelectOrderCause = notationCause({
  id: 'sync.multi-select-order',
  title: { en: 'Several choices in another order', ja: '複数選択の順序や区切りが異なります' },
  about: {
    en: 'A field of several choices holds the same choices on both sides in another order or with another separator (semicolon, comma, line end). As a set they are equal.',
    ja: '複数選択の項目で、同じ選択肢が異なる順序や区切り（セミコロン・カンマ・改行）で保存されています。選択されている内容は同じです。',
  },
  types: ['multi-picklist'],
  unless: ['sync.width-fullwidth', 'sync.whitespace', 'sync.newline-form'],
  rules: [multiSelectOrder],
  // Of two options there is one set that can be written in two ways.
  fewValues: 'maybe',
  differsIn: { en: 'the order or the separator of choices', ja: '選択肢の順序や区切り' },
  steps: [
    {
      en: 'Compare such fields as sets: split, sort and join them with one separator before they are compared or written.',
      ja: '複数選択の項目は集合として比較します。比較や書き込みの前に、分割・並べ替えをして同じ区切りで連結します。',
    },
  ],
});

import { phone } from '../../src/reason/values/phone.normal.ts';
import { notationCause } from './notation.ts';

export const phoneFormat = notationCause({
  id: 'sync.phone-format',
  title: { en: 'Phone numbers in different notations', ja: '電話番号の表記が統一されていません' },
  about: {
    en: 'The same number is written with and without hyphens, with brackets, in full width, or with +81 in place of the 0. Calls work with each; matching and duplicate search work only with one.',
    ja: '同じ電話番号が、ハイフンの有無、かっこ、全角、先頭の 0 の代わりの +81 など、異なる表記で保存されています。どの表記でも電話はかけられますが、照合や重複検索は表記が揃わないと働きません。',
  },
  types: ['phone'],
  unless: [
    'sync.width-fullwidth',
    'sync.cp932-dash-variants',
    'sync.whitespace',
    'sync.invisible-characters',
    'sync.unicode-normalization',
  ],
  rules: [phone],
  differsIn: { en: 'the notation of phone numbers', ja: '電話番号の表記' },
  steps: [
    {
      en: 'Store numbers as E.164 (+81312345678) or as digits alone in both systems, the extension in a field of its own, and add hyphens only where a number is shown.',
      ja: '両方のシステムで E.164 形式（+81312345678）または数字だけで保存し、内線は別の項目に分けます。ハイフンは表示するときだけ付けます。',
    },
  ],
});

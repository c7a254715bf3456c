import { unicodeForm } from '../../src/reason/values/unicode.normal.ts';
import { notationCause } from './notation.ts';

export const unicodeNormalization = notationCause({
  id: 'sync.unicode-normalization',
  title: { en: 'Characters taken apart (Unicode NFD)', ja: '濁点などが分解されています（Unicode NFD）' },
  about: {
    en: 'Unicode writes が or é as one character (NFC) or as a letter with a mark behind it (NFD). Both look alike and are different texts of different length. The second form comes from file names and forms of macOS and from some converters.',
    ja: 'Unicode では「が」や「é」を 1 文字で表す形（NFC）と、文字と濁点などの 2 文字で表す形（NFD）があります。見た目は同じですが、別の文字列で文字数も異なります。NFD は macOS のファイル名・入力や一部の変換ツールで生じます。',
  },
  rules: [unicodeForm],
  differsIn: { en: 'Unicode composition (NFC or NFD)', ja: ' Unicode の合成形（NFC と NFD）' },
  odd: { en: 'The characters that are not composed are', ja: '分解された文字' },
  steps: [
    {
      en: 'Normalise texts to NFC where they enter the sync job (String.prototype.normalize, unicodedata.normalize, Normalizer), and repair the stored values once in the same way.',
      ja: '連携ジョブの入口で文字列を NFC に正規化します（JavaScript の normalize、Python の unicodedata.normalize、Java の Normalizer など）。保存済みの値も同じ方法で一度変換します。',
    },
  ],
});

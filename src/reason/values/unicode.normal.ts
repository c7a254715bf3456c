import { defineNormalRule } from '../../model/sync/normal.ts';

/** All but Latin, kana and kanji as they are usually written: NFC leaves these as they are, whatever stands before them. */
const unstable = /[^\0-\u02ff\u3040-\u3096\u30a0-\u30ff\u4e00-\u9fff\uff01-\uff9f]/;

export const unicodeForm = defineNormalRule({
  id: 'unicode',
  title: { en: 'Unicode composition (NFC)', ja: 'Unicode の合成（NFC）' },
  cause: 'sync.unicode-normalization',
  signs: unstable,
  canonical: (value) => value.normalize('NFC'),
});

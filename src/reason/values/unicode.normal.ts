import { defineNormalRule } from '../../model/sync/normal.ts';

export const unicodeForm = defineNormalRule({
  id: 'unicode',
  title: { en: 'Unicode composition (NFC)', ja: 'Unicode の合成（NFC）' },
  cause: 'sync.unicode-normalization',
  canonical: (value) => value.normalize('NFC'),
});

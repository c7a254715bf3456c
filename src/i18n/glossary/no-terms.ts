import type { Language } from '../../model/text.ts';

/** Everyday words in which a term is only contained. */
export const noTerms: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'case sensitive',
    'decision is',
    'in the loop',
    'key word',
    'on record',
    'take action',
    'user agent',
    'air port',
    'no action',
    'in transit',
  ],
  ja: ['検査項目', '確認項目', '設定項目', '非同期', '利用条件', '契約条件', 'キーワード', 'キーボード', '列挙'],
};

import { defineNormalRule } from '../../model/sync/normal.ts';
import { compatible } from './compatible.ts';
import { foldDashes } from './dash.normal.ts';

export const postcode = defineNormalRule({
  id: 'postcode',
  title: { en: 'notation of postal codes', ja: '郵便番号の表記' },
  types: ['postcode'],
  cause: 'sync.postcode-format',
  canonical: (value) => {
    if (value.length > 30) return undefined;
    const digits = /^(?:〒|JP-?)?\s?(\d{3})\s?-?\s?(\d{4})$/i.exec(foldDashes(compatible(value).trim()));
    return digits ? `${digits[1]}${digits[2]}` : undefined;
  },
});

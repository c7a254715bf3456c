import { defineNormalRule } from '../../model/sync/normal.ts';

/** CRLF, LF, CR and the blank that they become in one line; `_x000D_` is how workbooks write a CR. */
export const newline = defineNormalRule({
  id: 'newline',
  title: { en: 'line ends', ja: '改行' },
  types: ['text', 'name', 'company', 'address', 'multi-picklist'],
  cause: 'sync.newline-form',
  signs: /[_\r\n\u0085\u2028\u2029]/,
  canonical: (value) => value.replace(/_x000D_/gi, '').replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, ' '),
});

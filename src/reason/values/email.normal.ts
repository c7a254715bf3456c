import { defineNormalRule } from '../../model/sync/normal.ts';
import { compatible } from './compatible.ts';

/** The domain in lower case; the part before it is kept: some servers tell letters apart there. */
export const email = defineNormalRule({
  id: 'email',
  title: { en: 'notation of e-mail addresses', ja: 'メールアドレスの表記' },
  types: ['email'],
  cause: 'sync.letter-case',
  canonical: (value) => {
    if (value.length > 400) return undefined;
    const bare = compatible(value)
      .trim()
      .replace(/^mailto:/i, '')
      .replace(/^<(.*)>$/, '$1')
      .trim();
    const parts = /^([^\s@]{1,128})\s?@\s?([^\s@]{1,255})$/.exec(bare);
    return parts ? `${parts[1]}@${parts[2]?.toLowerCase()}` : undefined;
  },
});

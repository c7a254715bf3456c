import type { Text } from '../model/text.ts';
import { isLoopback } from './loopback.ts';

/**
 * What is wrong with the address of a receiver of notifications, without repeating it: it is a secret. Without TLS whoever
 * stands in between could read the notice and, with the address, write there: only on this machine itself.
 */
export const receiverFault = (words: string): Text | undefined => {
  const url = URL.canParse(words) ? new URL(words) : undefined;
  if (!url || url.hostname === '' || !['http:', 'https:'].includes(url.protocol)) {
    return {
      en: 'an address that begins with https:// is needed',
      ja: 'https:// で始まる URL を指定してください',
    };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      en: 'an address with a user name or password in it is not used',
      ja: 'ユーザー名やパスワードを含む URL は使えません',
    };
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return {
      en: 'http:// is used on this machine only (localhost); write https://',
      ja: 'http:// を使えるのは、このマシン自身 (localhost) だけです。https:// を指定してください',
    };
  }
  return undefined;
};

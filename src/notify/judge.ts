import { escapeControls } from '../reason/escape.ts';
import { retryAfterMs } from '../reason/retry-after.ts';
import type { HttpAnswer } from './builder.ts';
import type { Outcome } from './outbox.ts';

const longest = 200;

const wordsOf = ({ status, said: all }: HttpAnswer) => {
  const words = escapeControls(all.slice(0, longest).replace(/\s+/g, ' ').trim());
  const said = words === '' ? '' : `: ${words}`;
  return { en: `the receiver answers ${status}${said}`, ja: `送信先の応答は ${status} でした${said}` };
};

/** Some services say when the limit ends in seconds since 1970 (Chatwork), or in seconds from now (LINE WORKS). */
const limitMs = ({ headers, now }: HttpAnswer): number | undefined => {
  const { reset } = headers;
  if (reset === undefined || !/^\d{1,11}$/.test(reset)) return undefined;
  const seconds = Number(reset);
  return seconds > 1_000_000_000 ? Math.max(0, seconds * 1000 - now.getTime()) : seconds * 1000;
};

/**
 * What an answer means for a notice. `isDelivered` knows how the service says so; a success in any other words may be
 * somebody else's (a login page, a proxy).
 */
export const judged = (answer: HttpAnswer, isDelivered: (answer: HttpAnswer) => boolean): Outcome => {
  const { status, headers, now } = answer;
  if (status >= 200 && status < 300) {
    return isDelivered(answer) ? { kind: 'delivered' } : { kind: 'uncertain', says: wordsOf(answer) };
  }
  if (status >= 300 && status < 400) {
    return {
      kind: 'refused',
      says: {
        en: `the receiver answers ${status} and wants to be asked elsewhere, which is not followed; write the final address`,
        ja: `送信先が別の場所へ転送しようとしました (${status})。転送には従いません。最終的な URL を設定してください`,
      },
    };
  }
  // A gateway that waited in vain does not know what became of it.
  if (status === 504) return { kind: 'uncertain', says: wordsOf(answer) };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const afterMs = retryAfterMs(headers.retryAfter, { date: headers.date, now }) ?? limitMs(answer);
    return { kind: 'later', says: wordsOf(answer), ...(afterMs === undefined ? {} : { afterMs }) };
  }
  return { kind: 'refused', says: wordsOf(answer) };
};

import type { Seen } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

/**
 * What the server that received the test message wrote into it (Authentication-Results, RFC 8601) about SPF or DMARC, where it
 * is one of these results.
 */
export const receiversWord = (
  evidence: Evidence,
  method: 'spf' | 'dmarc',
  results: readonly string[],
): Seen | undefined => {
  // The topmost field is the last server's own; those below it may be anybody's.
  const [last] = evidence.fact(mailRoundTrip)?.found?.authentication ?? [];
  const word = last?.results.find((one) => one.method === method && results.includes(one.result));
  if (!last || !word) return undefined;
  const reason = word.reason === undefined ? '' : ` (${word.reason})`;
  return {
    check: mailRoundTrip,
    says: both(
      `${last.server} wrote into the test message: ${method}=${word.result}${reason}`,
      `${last.server} がテストメールに記録した結果: ${method}=${word.result}${reason}`,
    ),
  };
};

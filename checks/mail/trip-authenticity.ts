import type { Text } from '../../src/model/text.ts';
import type { RoundTripFact } from '../../src/model/trip-facts.ts';

/** What the message that came back shows against the sender's domain: its signatures, and the receiver's own word. */
export const authenticityDoubt = ({
  dkim = [],
  authentication = [],
}: Pick<NonNullable<RoundTripFact['found']>, 'dkim' | 'authentication'>): Text | undefined => {
  const holds = dkim.some(({ result }) => result === 'pass');
  // A signature dated ahead is a matter of clocks, and has a check of its own.
  const broken = dkim.find(
    ({ result, why }) => (result === 'fail' || result === 'permerror') && why !== 'from-the-future',
  );
  if (broken && !holds) {
    return {
      en: `the message arrived, but its DKIM signature (${broken.domain}) does not hold`,
      ja: `メールは届きましたが、DKIM 署名（${broken.domain}）を確認できません`,
    };
  }
  // The topmost field is the last server's own.
  const bad = authentication[0]?.results.find(
    ({ method, result }) =>
      (method === 'spf' && (result === 'fail' || result === 'softfail')) || (method === 'dmarc' && result === 'fail'),
  );
  return bad
    ? {
        en: `the message arrived, but the receiver notes ${bad.method}=${bad.result}`,
        ja: `メールは届きましたが、受信側の判定は ${bad.method}=${bad.result} です`,
      }
    : undefined;
};

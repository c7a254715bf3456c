import type { Forecast } from '../src/model/check.ts';
import { servicesOf } from '../src/model/mailbox.ts';
import { mailQuota, quotaShare } from './mail/quota.check.ts';
import { soonDays } from './mail/runtimes.ts';
import { mailTls } from './mail/tls.check.ts';

/** Certificates that end within these days are worth a note, before they become a warning. */
const aheadDays = 60;

const certificates: Forecast = (evidence, subject) => {
  const seen = new Set<string>();
  return servicesOf(subject).flatMap(({ protocol, host }) => {
    const fact = evidence.fact(mailTls[protocol]);
    const leaf = fact?.handshake?.kind === 'done' ? fact.handshake.chain[0] : undefined;
    if (!fact || !leaf || seen.has(leaf.fingerprint)) return [];
    seen.add(leaf.fingerprint);
    const days = Math.floor((Date.parse(leaf.notAfter) - Date.parse(fact.at)) / 86_400_000);
    if (days < soonDays || days > aheadDays) return [];
    const due = leaf.notAfter.slice(0, 10);
    return [
      {
        id: 'tls.certificate-expires-soon',
        due,
        says: {
          en: `the certificate of ${host} ends in ${days} days (${due})`,
          ja: `${host} の証明書の有効期限まで、あと ${days} 日です (${due})`,
        },
      },
    ];
  });
};

const quota: Forecast = (evidence) => {
  const fact = evidence.fact(mailQuota);
  if (!fact) return [];
  const percent = Math.floor(quotaShare(fact) * 100);
  if (percent < 75 || percent >= 90) return [];
  return [
    {
      id: 'quota.nearly-full',
      says: {
        en: `the mailbox is ${percent} % full; delete or archive old mail before it stops taking new mail`,
        ja: `メールボックスの使用率が ${percent} % です。受信できなくなる前に、古いメールの削除や保管をおすすめします`,
      },
    },
  ];
};

/** What will go wrong on a known day although it works now. */
export const forecasts: readonly Forecast[] = [certificates, quota];

import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { domainDns } from '../mail/dns.check.ts';
import { rcodeOf, unresolved } from './host-facts.ts';
import { mailRecords, verifyMx, whenReceiving } from './mx-finding.ts';

interface Detail {
  readonly domain: string;
  readonly exists: boolean;
}

export const noMx = defineCause<Detail>({
  id: 'dns.no-mx',
  title: both('The domain of the address can receive no mail', 'メールアドレスのドメインでメールを受信できません'),
  about: both(
    'An MX record in the DNS says which server takes the mail for a domain. This domain has none, and no address of its own that could stand in for it (RFC 5321 section 5.1). Mail to it is returned or lost, and many receivers refuse mail whose sender cannot be answered.',
    'MX レコードは、ドメイン宛てのメールをどのサーバーが受け取るかを示す DNS の登録です。このドメインには MX レコードがなく、代わりに使われるドメイン自身の IP アドレスもありません（RFC 5321 の 5.1 節）。このドメイン宛てのメールは届きません。また、返信できない差出人からのメールを拒否する受信側も多くあります。',
  ),
  owner: 'dns-admin',
  explain: (evidence, subject) => {
    const fact = mailRecords(evidence);
    const rcode = rcodeOf(fact?.mx);
    if (!fact || fact.targets.length > 0 || (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN')) return [];
    const { address, domain } = fact;
    const none = rcode === 'NXDOMAIN' || (address?.kind === 'answered' && address.records.length === 0);
    // A domain that is gone takes its hosts with it: those are named then (dns.no-such-host).
    const hostsGone = rcode === 'NXDOMAIN' && unresolved(evidence, subject).some(({ host }) => host.endsWith(domain));
    if (!none || hostsGone) return [];
    return [
      {
        detail: { domain, exists: rcode === 'NOERROR' },
        severity: whenReceiving(subject),
        confidence: 0.95,
        affects: [domain],
        evidence: [
          {
            check: domainDns,
            says: both(
              `MX of ${domain}: ${rcode}, no record; no address either`,
              `${domain} の MX: ${rcode}、レコードなし。IP アドレスもなし`,
            ),
          },
        ],
      },
    ];
  },
  because: ({ domain, exists }) =>
    exists
      ? both(
          `${domain} has neither an MX record nor an address, so nobody can deliver mail to it.`,
          `${domain} には MX レコードも IP アドレスもないため、このドメイン宛てのメールは配送できません。`,
        )
      : both(
          `${domain} does not exist in the DNS (NXDOMAIN), so nobody can deliver mail to it. The address may be mistyped, or the registration of the domain has ended.`,
          `${domain} は DNS に存在しません (NXDOMAIN)。このドメイン宛てのメールは配送できません。アドレスの入力ミスか、ドメインの登録期限切れの可能性があります。`,
        ),
  steps: ({ domain, exists }) => [
    exists
      ? both(
          `Ask your mail provider for the MX records of ${domain}, and let the administrator of the DNS add them.`,
          `${domain} に設定すべき MX レコードをメールのプロバイダーに確認し、DNS の管理者に登録を依頼します。`,
        )
      : both(
          `Check the part after the @ in mail.address, and whether ${domain} is still registered.`,
          `mail.address の「@」より後ろの部分に誤りがないか、${domain} の登録が有効かを確認します。`,
        ),
    verifyMx(domain),
  ],
});

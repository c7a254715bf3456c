import { defineCause } from '../../src/model/cause.ts';
import { grouped } from '../auth/grouped.ts';
import { both } from '../auth/words.ts';
import { caaForbids } from '../mail/policy-problems.ts';
import { senderPolicy } from '../mail/sender-policy.check.ts';
import { policyFact } from '../policy/policy-finding.ts';

interface CaaBlocks {
  readonly hosts: readonly string[];
  readonly domain: string;
  readonly issuers: readonly string[];
  readonly issuer: string;
  /** What the authority calls itself in CAA records. */
  readonly wanted: string;
}

export const caaBlocksRenewal = defineCause<CaaBlocks>({
  id: 'dns.caa-blocks-renewal',
  title: both('CAA forbids the renewal of the certificate', 'CAA レコードにより、証明書を更新できなくなります'),
  about: both(
    'CAA records in the DNS name the authorities that may issue certificates for a domain; all others have to refuse. A certificate that is served stays valid, but its authority cannot renew it while the record does not name it, and then it runs out without anybody having changed anything.',
    'CAA レコードとは、そのドメインの証明書を発行してよい認証局を DNS で指定するものです。指定されていない認証局は発行を断ります。現在の証明書はそのまま使えますが、発行した認証局が指定されていないと更新できず、そのまま期限切れになります。',
  ),
  explain: (evidence) => {
    const forbidden = (policyFact(evidence)?.caa ?? []).filter(caaForbids);
    return grouped(forbidden, ({ domain, issuer }) => `${domain} ${issuer}`).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { domain, issuers, issuer = '', names = [] } = first;
      return {
        detail: { hosts: [...new Set(group.map(({ host }) => host))], domain, issuers, issuer, wanted: names[0] ?? '' },
        severity: 'warning' as const,
        confidence: 0.85,
        affects: group.map(({ target }) => target),
        evidence: [
          {
            check: senderPolicy,
            says: both(
              `CAA issue at ${domain}: ${issuers.length > 0 ? issuers.join(', ') : 'nobody'}; the certificate is from ${issuer}`,
              `${domain} の CAA (issue): ${issuers.length > 0 ? issuers.join(', ') : '許可なし'}、現在の証明書の発行元: ${issuer}`,
            ),
          },
        ],
      };
    });
  },
  owner: 'dns-admin',
  because: ({ hosts, domain, issuers, issuer }) => {
    const names = hosts.join(', ');
    return issuers.length > 0
      ? both(
          `The certificate of ${names} was issued by ${issuer}, but the CAA records of ${domain} allow only ${issuers.join(', ')}. The next renewal will fail.`,
          `${names} の証明書の発行元は ${issuer} ですが、${domain} の CAA レコードで許可されている認証局は ${issuers.join(', ')} だけです。次の更新は失敗します。`,
        )
      : both(
          `The certificate of ${names} was issued by ${issuer}, but the CAA records of ${domain} allow no authority at all. The next renewal will fail.`,
          `${names} の証明書の発行元は ${issuer} ですが、${domain} の CAA レコードでは、どの認証局も許可されていません。次の更新は失敗します。`,
        );
  },
  steps: ({ domain, wanted }) => [
    both(
      `Add a CAA record at ${domain}: 0 issue "${wanted}"`,
      `${domain} に CAA レコードを追加します: 0 issue "${wanted}"`,
    ),
    both('Or renew with an authority that the records name.', 'または、許可されている認証局の証明書に切り替えます。'),
    both(
      `dig ${domain} CAA shows the records; renew once for a trial before the certificate runs out.`,
      `dig ${domain} CAA でレコードを確認し、期限が切れる前に一度、更新を試します。`,
    ),
  ],
});

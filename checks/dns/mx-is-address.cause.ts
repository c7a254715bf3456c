import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { MxDetail } from './mx-finding.ts';
import { mailRecords, mxFinding, restOf, verifyMx } from './mx-finding.ts';

export const mxIsAddress = defineCause<MxDetail>({
  id: 'dns.mx-is-address',
  title: both('An MX record holds an IP address in place of a name', 'MX レコードに IP アドレスが書かれています'),
  about: both(
    'An MX record in the DNS says which server takes the mail for a domain. It holds a host name; an IP address in it is read as a name made of digits, which does not exist (RFC 5321 section 5.1, RFC 1035 section 3.3.9). Most senders cannot deliver to it.',
    'MX レコードは、ドメイン宛てのメールを受け取るサーバーを示す DNS の登録で、ホスト名を書く決まりです。IP アドレスを書くと「数字でできた名前」として扱われ、そのような名前は存在しないため（RFC 5321 の 5.1 節、RFC 1035 の 3.3.9 節）、多くの送信側は配送できません。',
  ),
  owner: 'dns-admin',
  explain: (evidence, subject) => {
    const fact = mailRecords(evidence);
    if (!fact) return [];
    return mxFinding(fact, subject, {
      kinds: ['literal'],
      says: (names) =>
        both(`MX of ${fact.domain}: ${names} is an address`, `${fact.domain} の MX: ${names} は IP アドレスです`),
    });
  },
  because: (detail) => {
    const rest = restOf(detail);
    const { domain, bad } = detail;
    return both(
      `The MX record of ${domain} holds the address ${bad.join(', ')}, where a host name belongs.${rest.en}`,
      `${domain} の MX レコードに、ホスト名ではなく IP アドレス ${bad.join('、')} が書かれています。${rest.ja}`,
    );
  },
  steps: ({ domain, bad }) => [
    both(
      `Let the administrator of the DNS add an A record, for example mail.${domain} with the address ${bad[0] ?? ''}.`,
      `A レコード（例: mail.${domain} → ${bad[0] ?? ''}）の登録を、DNS の管理者に依頼します。`,
    ),
    both(`Let the MX record of ${domain} name that host.`, `${domain} の MX レコードを、そのホスト名に変更します。`),
    verifyMx(domain),
  ],
});

import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { MxDetail } from './mx-finding.ts';
import { mailRecords, mxFinding, verifyMx } from './mx-finding.ts';

export const mxIsCname = defineCause<MxDetail>({
  id: 'dns.mx-is-cname',
  title: both('An MX record points to an alias', 'MX レコードが別名 (CNAME) を指しています'),
  about: both(
    'An MX record in the DNS says which server takes the mail for a domain. It has to name the server itself, not an alias (CNAME record) of it (RFC 2181 section 10.3). Many senders follow the alias all the same, but some refuse or return the mail, so that mail is lost from some senders only.',
    'MX レコードは、ドメイン宛てのメールを受け取るサーバーを示す DNS の登録です。別名（CNAME レコード）ではなく、サーバー自身の名前を書く決まりです（RFC 2181 の 10.3 節）。別名でも配送する送信側が多い一方、拒否したり返送したりするものもあるため、一部の相手からのメールだけが届かなくなります。',
  ),
  owner: 'dns-admin',
  // Most senders follow the alias: it works, for some it does not.
  explain: (evidence, subject) => {
    const fact = mailRecords(evidence);
    if (!fact) return [];
    return mxFinding(fact, subject, {
      kinds: ['cname'],
      says: (names) =>
        both(`MX of ${fact.domain}: ${names} is a CNAME`, `${fact.domain} の MX: ${names} は CNAME です`),
    }).map((finding) => ({ ...finding, severity: 'warning' }));
  },
  because: ({ domain, bad }) =>
    both(
      `The MX record of ${domain} names ${bad.join(', ')}, which is an alias (CNAME) and not a server. Some senders do not deliver to it.`,
      `${domain} の MX レコードが指す ${bad.join('、')} は、サーバー自身の名前ではなく別名 (CNAME) です。送信側によっては配送されません。`,
    ),
  steps: ({ domain, bad }) => [
    both(
      `Look up what the alias stands for: dig ${bad[0] ?? domain} CNAME.`,
      `dig ${bad[0] ?? domain} CNAME を実行し、別名の参照先を調べます。`,
    ),
    both(
      `Let the administrator of the DNS write that name into the MX record of ${domain}, or give ${bad.join(', ')} an A record in place of the CNAME.`,
      `${domain} の MX レコードにその名前を書くか、${bad.join('、')} を CNAME から A レコードに変更するよう、DNS の管理者に依頼します。`,
    ),
    verifyMx(domain),
  ],
});

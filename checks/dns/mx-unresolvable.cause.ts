import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { unresolved } from './host-facts.ts';
import type { MxDetail } from './mx-finding.ts';
import { mailRecords, mxFinding, restOf, verifyMx } from './mx-finding.ts';

export const mxUnresolvable = defineCause<MxDetail>({
  id: 'dns.mx-unresolvable',
  title: both('An MX record names a server that does not exist', 'MX レコードが存在しないサーバーを指しています'),
  about: both(
    'An MX record in the DNS says which server takes the mail for a domain. The name in it does not exist or has no address, so that senders find no server to deliver to. Usually the server was renamed or given up, and the record was forgotten.',
    'MX レコードは、ドメイン宛てのメールを受け取るサーバーを示す DNS の登録です。そこに書かれた名前が存在しないか、IP アドレスがないため、送信側は届け先のサーバーを見つけられません。サーバーの名前を変えたり廃止したりしたときに、レコードの変更を忘れた場合に起こります。',
  ),
  owner: 'dns-admin',
  explain: (evidence, subject) => {
    const fact = mailRecords(evidence);
    if (!fact) return [];
    return mxFinding(fact, subject, {
      kinds: ['no-such-host', 'no-address'],
      // The configured host and the MX are often one name: its missing address is one root.
      known: unresolved(evidence, subject).map(({ host }) => host.toLowerCase()),
      says: (names) =>
        both(
          `MX of ${fact.domain}: ${names} does not resolve`,
          `${fact.domain} の MX: ${names} の名前解決ができません`,
        ),
    });
  },
  because: (detail) => {
    const rest = restOf(detail);
    const { domain, bad } = detail;
    return both(
      `The MX record of ${domain} names ${bad.join(', ')}, which has no address.${rest.en}`,
      `${domain} の MX レコードが指す ${bad.join('、')} に、IP アドレスがありません。${rest.ja}`,
    );
  },
  steps: ({ domain, bad }) => [
    both(
      `Ask your mail provider for the right MX records of ${domain}.`,
      `${domain} の正しい MX レコードを、メールのプロバイダーに確認します。`,
    ),
    both(
      `Let the administrator of the DNS replace ${bad.join(', ')} in the MX record, or add an A record for it.`,
      `MX レコードの ${bad.join('、')} を正しい名前に変更するか、その名前の A レコードを登録するよう、DNS の管理者に依頼します。`,
    ),
    verifyMx(domain),
  ],
});

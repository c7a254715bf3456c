import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { MxDetail } from './mx-finding.ts';
import { mailRecords, mxFinding, verifyMx } from './mx-finding.ts';

export const nullMx = defineCause<MxDetail>({
  id: 'dns.null-mx',
  title: both('The domain declares that it takes no mail', 'ドメインが「メールを受け取らない」と宣言しています'),
  about: both(
    'The MX record in the DNS says which server takes the mail for a domain. This domain has the "null MX" (a single dot, RFC 7505): it declares that it takes no mail at all. Senders return mail to it at once, and many receivers refuse mail from it, since nobody can answer.',
    'MX レコードは、ドメイン宛てのメールを受け取るサーバーを示す DNS の登録です。このドメインには「null MX」（ドット 1 つだけの値、RFC 7505）が登録されており、メールを一切受け取らないと宣言しています。このドメイン宛てのメールはすぐに返送され、このドメインからのメールも、返信できないという理由で拒否されることがあります。',
  ),
  owner: 'dns-admin',
  explain: (evidence, subject) => {
    const fact = mailRecords(evidence);
    if (!fact) return [];
    const { domain } = fact;
    return mxFinding(fact, subject, {
      kinds: ['null'],
      says: () => both(`MX of ${domain}: "." (null MX)`, `${domain} の MX: 「.」 (null MX)`),
    });
  },
  because: ({ domain }) =>
    both(
      `The MX record of ${domain} is a single dot: the domain says that it takes no mail. So nothing that is sent to the CRM's mailbox arrives.`,
      `${domain} の MX レコードがドット 1 つ（「.」）で、「メールを受け取らない」という宣言になっています。このため、CRM のメールボックス宛てのメールは届きません。`,
    ),
  steps: ({ domain }) => [
    both(
      `If the mailbox shall receive mail: let the administrator of the DNS replace the MX "." of ${domain} by the MX records of your mail provider.`,
      `受信する必要がある場合は、${domain} の MX「.」を削除し、メールのプロバイダーが指定する MX レコードを登録するよう、DNS の管理者に依頼します。`,
    ),
    both(
      'If not: use an address of another domain that takes mail, as mailbox and as reply address of the CRM.',
      '受信しないドメインの場合は、CRM のメールボックスと返信先に、メールを受信できる別のドメインのアドレスを使います。',
    ),
    verifyMx(domain),
  ],
});

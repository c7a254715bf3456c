import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const dmarcUnaligned = defineCause<Refused>({
  id: 'policy.dmarc-unaligned',
  title: both('DMARC refuses the sender of the CRM', 'DMARC により、CRM からのメールが拒否されています'),
  about: both(
    'DMARC is the rule that a domain publishes for mail in its name: the sender that people see has to agree with the domain proven by SPF (list of sending servers) or DKIM (signature). That agreement is called alignment. Mail of a CRM fails when it is sent by a server that proves another domain.',
    'DMARC とは、ドメインの持ち主が公開する、なりすまし対策の規則です。表示される差出人のドメインが、SPF（送ってよいサーバーの一覧）または DKIM（電子署名）で確認されたドメインと一致（アライメント）している必要があります。CRM が別のドメインを示すサーバーから送信すると、一致せずに拒否されます。',
  ),
  explain: (evidence, subject) => saysSo('policy.dmarc-unaligned', evidence, subject),
  owner: 'dns-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses mail from ${detail.sender} by the DMARC policy of its domain: "${detail.says}".`,
      `${host}:${port} は、差出人ドメインの DMARC ポリシーにより、${detail.sender} からのメールを拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `Send through the mail server of the domain of ${detail.sender}, or let the sending service sign with DKIM for this domain.`,
      `${detail.sender} のドメインのメールサーバーから送信するか、配信サービスでこのドメインの DKIM 署名を設定します。`,
    ),
    both(
      'Never use a free-mail address as the sender of the CRM.',
      'CRM の差出人に、フリーメールのアドレスは使わないようにします。',
    ),
    both(
      'Check again with a round trip (crm-doctor mail --send).',
      '往復テスト（crm-doctor mail --send）で確認します。',
    ),
  ],
});

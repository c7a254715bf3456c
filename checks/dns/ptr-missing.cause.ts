import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { ClientNameDetail } from './client-name-finding.ts';
import { clientNameFindings, directStep, stillAccepted } from './client-name-finding.ts';

export const ptrMissing = defineCause<ClientNameDetail>({
  id: 'dns.ptr-missing',
  title: both('The sending address has no reverse name', '送信元 IP アドレスに逆引き (PTR) がありません'),
  about: both(
    'A reverse name (PTR record) tells which host an address belongs to; the owner of the address, mostly the Internet provider, sets it. Mail servers refuse clients without one, since they are mostly infected home computers. It concerns whoever delivers to the server directly: a CRM that sends through port 25, or a mail server of one’s own.',
    '逆引き（PTR レコード）とは、IP アドレスからホスト名を調べるための DNS の記録で、アドレスの持ち主（多くはプロバイダー）が設定します。逆引きのない相手からのメールは、迷惑メールの送信元とみなされ、拒否されることがあります。ポート 25 で直接送信する CRM や、自社のメールサーバーで問題になります。',
  ),
  explain: (evidence, subject) => clientNameFindings('dns.ptr-missing', evidence, subject),
  owner: 'network-admin',
  because: ({ host, port, says, seen }) =>
    says === undefined && seen
      ? both(
          `${host} sees the mail come from ${seen.address}, which has no reverse name in the DNS. ${stillAccepted.en}`,
          `${host} から見た送信元は ${seen.address} ですが、このアドレスには逆引きがありません。${stillAccepted.ja}`,
        )
      : seen
        ? both(
            `${host}:${port} sees the mail come from ${seen.address}, which has no reverse name in the DNS, and refuses it: "${says}".`,
            `${host}:${port} から見た送信元は ${seen.address} ですが、このアドレスには逆引きがないため、拒否されています。応答は「${says}」です。`,
          )
        : both(
            `${host}:${port} refuses the mail since the address that it comes from has no reverse name: "${says}".`,
            `${host}:${port} は、送信元の IP アドレスに逆引きがないため、メールを拒否しています。応答は「${says}」です。`,
          ),
  steps: ({ seen, host, port }) => [
    seen
      ? both(
          `Let the owner of ${seen.address} (the Internet or hosting provider) set a PTR record that names your host, and give that name an A record with ${seen.address}.`,
          `${seen.address} の持ち主（回線事業者やホスティング事業者）に、ホスト名の PTR レコードの設定を依頼し、その名前の A レコードを ${seen.address} にします。`,
        )
      : both(
          'Let the owner of the sending address set a PTR record that names your host, and give that name an A record with the address.',
          '送信元 IP アドレスの持ち主に、ホスト名の PTR レコードの設定を依頼し、その名前の A レコードを同じアドレスにします。',
        ),
    ...directStep(host, port),
    both(
      `dig -x ${seen?.address ?? 'ADDRESS'} shows the name; then run the check again.`,
      `dig -x ${seen?.address ?? 'IP アドレス'} で逆引きを確認し、もう一度検査します。`,
    ),
  ],
});

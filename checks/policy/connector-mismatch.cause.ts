import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const connectorMismatch = defineCause<Refused>({
  id: 'policy.connector-mismatch',
  title: both('The relay connector does not know this sender', 'コネクタ（中継設定）が接続元を認識していません'),
  about: both(
    'A connector tells Exchange Online which server of the organisation may relay through it, by its public IP address or its certificate. When the address has changed, or the certificate names another domain, the mail is treated as that of a stranger.',
    'コネクタとは、組織のどのサーバーに中継を許可するかを、グローバル IP アドレスまたは証明書で Exchange Online に登録する設定です。IP アドレスが変わったり、証明書の名前が違ったりすると、部外者からのメールとして扱われます。',
  ),
  unless: ['net.egress-ip-changed'],
  explain: (evidence, subject) => saysSo('policy.connector-mismatch', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} does not recognise this server as one of the organisation: "${detail.says}".`,
      `${host}:${port} は、このサーバーを組織のものと認識していません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      'Find out the public IP address from which the CRM or its relay sends.',
      'CRM または中継サーバーのグローバル IP アドレスを調べます。',
    ),
    both(
      'In the Exchange admin center open Mail flow > Connectors, and correct the address or certificate of the connector.',
      'Exchange 管理センターの［メール フロー］>［コネクタ］で、コネクタの IP アドレスまたは証明書を修正します。',
    ),
    both(
      `See that the sender domain of ${detail.sender} is an accepted domain of the tenant.`,
      `${detail.sender} のドメインが、テナントの承認済みドメインであることを確認します。`,
    ),
  ],
});

import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const tenantRestricted = defineCause<Refused>({
  id: 'policy.tenant-restricted',
  title: both('The provider restricts sending for the whole tenant', 'テナント全体の送信が制限されています'),
  about: both(
    'A tenant is the contract of an organisation at the provider. Trial and new tenants, tenants with unregistered sender domains, and those that sent spam may send little or nothing, whichever mailbox it is.',
    'テナントとは、提供元における組織の契約単位です。試用中や契約直後のテナント、未登録の差出人ドメインを使うテナント、迷惑メールを送ったテナントは、どのメールボックスからも送信が制限されることがあります。',
  ),
  explain: (evidence, subject) => saysSo('policy.tenant-restricted', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses mail from ${detail.sender} for the whole organisation: "${detail.says}".`,
      `${host}:${port} は、組織全体の制限により ${detail.sender} からのメールを拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `In the Microsoft 365 admin center see that the domain of ${detail.sender} is registered and verified.`,
      `Microsoft 365 管理センターで、${detail.sender} のドメインが登録・確認済みであることを確かめます。`,
    ),
    both(
      'Open a ticket with the provider, quoting the code of the answer.',
      '応答のコードを添えて、提供元のサポートに問い合わせます。',
    ),
  ],
});

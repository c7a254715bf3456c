import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const senderRestricted = defineCause<Refused>({
  id: 'policy.sender-restricted',
  title: both('The provider has blocked outgoing mail of this account', '提供元がこのアカウントの送信を停止しています'),
  about: both(
    'When an account sends what looks like spam, the provider stops its outgoing mail and leaves receiving as it is. Often the password was stolen, or a campaign of the CRM drew complaints. The block stays until an administrator lifts it.',
    '迷惑メールと疑われる送信があると、提供元はアカウントの送信だけを停止します（受信は続きます）。パスワードの盗用や、CRM の一斉配信への苦情がよくある原因です。停止は、管理者が解除するまで続きます。',
  ),
  explain: (evidence, subject) => saysSo('policy.sender-restricted', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} sends nothing for ${detail.username} any more: "${detail.says}".`,
      `${host}:${port} は、${detail.username} からの送信を停止しています。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `Change the password of ${detail.username} and see in the sent folder whether somebody else has used the account.`,
      `${detail.username} のパスワードを変更し、送信済みフォルダーに身に覚えのないメールがないかを確認します。`,
    ),
    both(
      'In Microsoft 365 the administrator lifts the block at security.microsoft.com > Email & collaboration > Review > Restricted entities; elsewhere ask the provider.',
      'Microsoft 365 では、管理者が security.microsoft.com の［メールとコラボレーション］>［確認］>［制限付きエンティティ］で解除します。ほかの提供元では、サポート窓口に依頼します。',
    ),
    both('Move campaigns to a sending service.', '一斉配信は、専用の配信サービスに移します。'),
  ],
});

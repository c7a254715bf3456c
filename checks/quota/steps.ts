import type { Text } from '../../src/model/text.ts';
import { providerOf } from '../auth/provider.ts';
import { both } from '../auth/words.ts';

const raising = (host: string): Text => {
  switch (providerOf(host, '')) {
    case 'microsoft':
      return both(
        'In the Exchange admin center give the mailbox an archive, or a licence with more storage.',
        'Exchange 管理センターでアーカイブ メールボックスを有効にするか、容量の大きいライセンスに変更します。',
      );
    case 'google':
      return both(
        'Get more storage at one.google.com, or in the admin console for Workspace.',
        'one.google.com（Workspace は管理コンソール）で保存容量を追加します。',
      );
    case 'sakura':
      return both(
        'In the Sakura control panel open Mail > Mailbox list > the user, and raise the capacity of the mailbox.',
        'さくらのコントロールパネルで［メール］>［メール一覧］>対象ユーザーを開き、メールボックスの容量制限を増やします。',
      );
    case 'xserver':
      return both(
        'In the Xserver server panel open Mail account settings > Change, and raise the capacity.',
        'エックスサーバーのサーバーパネルで［メールアカウント設定］>［変更］を開き、容量を増やします。',
      );
    default:
      return both(
        'Or raise the limit at the provider (Dovecot: quota_rule in the user database).',
        'または、提供元で容量上限を増やします（Dovecot はユーザーの quota_rule）。',
      );
  }
};

/** What makes room in a mailbox, the quickest first. */
export const cleaningSteps = (mailbox: string, host: string): readonly Text[] => [
  both(
    `Empty the trash and the junk folder of ${mailbox}; they count as well.`,
    `${mailbox} のゴミ箱と迷惑メールフォルダーを空にします。これらも容量に含まれます。`,
  ),
  both(
    'Move or delete old mail with large attachments that the CRM has imported already.',
    'CRM に取り込み済みの、添付ファイルの大きい古いメールを移動または削除します。',
  ),
  raising(host),
  both(
    'Let the CRM delete or archive what it has imported, so that it does not fill up again.',
    '再発を防ぐため、CRM で取り込み済みのメールを削除またはアーカイブする設定にします。',
  ),
];

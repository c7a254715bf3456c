import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const clientIdRequired = defineCause<Refused>({
  id: 'imap.client-id-required',
  title: both(
    'The server wants the client to name itself first',
    '受信サーバーがクライアント情報 (ID) を要求しています',
  ),
  about: both(
    'NetEase (163.com, 126.com) opens no folder until the client has told its name by the IMAP command ID (RFC 2971). The login passes, and the first SELECT fails with "Unsafe Login". Programs that do not send ID cannot use these mailboxes.',
    'NetEase（163.com、126.com）では、クライアントが IMAP の ID コマンド (RFC 2971) で名乗るまで、フォルダーを開けません。ログインには成功し、最初の SELECT が「Unsafe Login」で失敗します。ID を送らないプログラムでは利用できません。',
  ),
  explain: (evidence, subject) => saysSo('imap.client-id-required', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} took the login as ${detail.username} and then refused the folder ${detail.folder}: "${detail.says}". It asks for the ID command first.`,
      `${host}:${port} は ${detail.username} のログインを受け付けたあと、フォルダー ${detail.folder} を開くことを拒否しました。応答は「${detail.says}」で、先に ID コマンドが必要です。`,
    );
  },
  steps: () => [
    both(
      'Update the CRM, or its IMAP library, to a version that sends ID after the login.',
      'ログイン後に ID を送る版に、CRM または IMAP ライブラリーを更新します。',
    ),
    both(
      'If that is not possible, forward the mail to a mailbox at another provider and fetch it there.',
      'できない場合は、別の提供元のメールボックスに転送し、そこから受信します。',
    ),
  ],
});

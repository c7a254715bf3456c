import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const pipeliningRefused = defineCause<Refused>({
  id: 'smtp.pipelining-refused',
  title: both(
    'The server refuses a client that speaks before its turn',
    '順番を待たないクライアントとして拒否されています',
  ),
  about: both(
    'In SMTP the server speaks first, and each answer has to be awaited unless the server offers PIPELINING (commands in one go). Servers close the door on clients that do not wait, since spam programs behave so. A proxy or a virus scanner on the way can have the same effect.',
    'SMTP ではサーバーが先に話し、PIPELINING（命令のまとめ送り）が提示されない限り、応答を 1 つずつ待つ必要があります。待たずに送るのは迷惑メール送信プログラムの特徴のため、サーバーは接続を断ります。途中のプロキシやウイルス対策ソフトが原因の場合もあります。',
  ),
  explain: (evidence, subject) => saysSo('smtp.pipelining-refused', evidence, subject),
  unless: ['version.default-changed'],
  owner: 'network-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} ended the session because commands came before its answer: "${detail.says}". crm-doctor waits for every answer, so that something between here and the server is likely to send early.`,
      `${host}:${port} は、応答の前に命令が届いたとして接続を断りました。応答は「${detail.says}」です。crm-doctor は毎回応答を待つため、途中の機器が先に送っている可能性があります。`,
    );
  },
  steps: (detail) => [
    both(
      `Look for a mail proxy, a firewall with SMTP inspection or a virus scanner between the CRM and ${firstPlace(detail).host}, and exclude the mail port from it.`,
      `CRM と ${firstPlace(detail).host} の間にあるメールプロキシ、SMTP 検査機能付きファイアウォール、ウイルス対策ソフトを調べ、メールのポートを対象外にします。`,
    ),
    both(
      'Use port 465 (TLS from the start), which such devices do not change.',
      'このような機器の影響を受けにくい 465 番ポート（最初から暗号化）を使います。',
    ),
  ],
});

import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const contentRefused = defineCause<Refused>({
  id: 'smtp.content-refused',
  title: both('The message is refused for its content', 'メールの内容が拒否されています'),
  about: both(
    'The server took sender and recipient and refused the message itself after reading it: a filter found spam, a virus or a forbidden attachment, or the message lacks the authentication that the receiver asks for (SPF, DKIM).',
    'サーバーは差出人と宛先を受け付けたあと、本文を確認してから拒否しました。迷惑メール・ウイルス・禁止された添付ファイルと判定されたか、受信側が求める送信ドメイン認証（SPF、DKIM）を満たしていません。',
  ),
  explain: (evidence, subject) => saysSo('smtp.content-refused', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses the message from ${detail.sender} after reading it: "${detail.says}".`,
      `${host}:${port} は、${detail.sender} からのメールの内容を確認したうえで拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      'Send a plain message of one line from the same account: if it passes, look for the link or attachment of the template.',
      '同じアカウントから 1 行だけのメールを送ります。送れる場合は、テンプレート内のリンクや添付ファイルを順に外して原因を探します。',
    ),
    both(
      'Check SPF, DKIM and DMARC of the sender domain (dig DOMAIN TXT, dig _dmarc.DOMAIN TXT).',
      '差出人ドメインの SPF・DKIM・DMARC を確認します（dig ドメイン名 TXT、dig _dmarc.ドメイン名 TXT）。',
    ),
    both(
      `Give the words of the server to the administrator of ${firstPlace(detail).host}, who sees in the log which filter it was.`,
      `${firstPlace(detail).host} の管理者にサーバーの応答を伝え、どのフィルターが拒否したかをログで確認してもらいます。`,
    ),
  ],
});

import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const blocklisted = defineCause<Refused>({
  id: 'smtp.blocklisted',
  title: both('The sending address is on a block list', '送信元の IP アドレスがブロックリストに載っています'),
  about: both(
    'Block lists (DNSBL, RBL) name IP addresses that have sent spam or that should not send at all, such as dial-up lines. Receiving servers look them up and refuse the listed. The listing belongs to the address, so that other customers of the same address or an infected machine may have caused it.',
    'ブロックリスト（DNSBL、RBL）とは、迷惑メールを送ったことがある、または直接送信すべきでない（一般回線など）IP アドレスの一覧です。受信側のサーバーはこれを参照して接続を拒否します。登録は IP アドレス単位のため、同じアドレスを使うほかの利用者や、ウイルスに感染した機器が原因の場合もあります。',
  ),
  explain: (evidence, subject) => saysSo('smtp.blocklisted', evidence, subject),
  owner: 'network-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} refuses this network because its address is on a block list: "${detail.says}".`,
      `${host}:${port} は、接続元の IP アドレスがブロックリストに載っていることを理由に拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: () => [
    both(
      'Open the address in the answer of the server, and read why the IP address is listed.',
      'サーバーの応答にあるアドレスを開き、登録の理由を確認します。',
    ),
    both(
      'Stop the cause first (infected machine, bulk mail without consent, open relay).',
      '先に原因（感染した機器、同意のない一斉配信、不正中継）を取り除きます。',
    ),
    both(
      'Ask the list for removal; until then send through the submission server of the provider (587 or 465 with a login).',
      'ブロックリストの運営元に解除を申請します。解除までは、提供元の送信サーバー（587 または 465 番、ログインあり）経由で送信します。',
    ),
  ],
});

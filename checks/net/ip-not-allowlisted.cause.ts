import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both, placesText } from '../auth/words.ts';

export const ipNotAllowlisted = defineCause<Refused>({
  id: 'net.ip-not-allowlisted',
  title: both('The server admits listed addresses only', '許可リストにない IP アドレスからの接続が拒否されています'),
  about: both(
    'Some mail servers keep a list of the network addresses that may use them and turn everybody else away, however right the password is. The CRM stands at an address that is not on this list: it has moved, its cloud gives it another outgoing address, or nobody has entered it yet.',
    'メールサーバーによっては、利用を許可する IP アドレスの一覧（許可リスト）があり、そこにない接続元は、パスワードが正しくても拒否されます。CRM の接続元の IP アドレスがこの一覧にありません。CRM を移転した、クラウドの送信元 IP アドレスが変わった、まだ登録していない、などの場合に起こります。',
  ),
  owner: 'mail-admin',
  unless: ['net.egress-ip-changed'],
  explain: (evidence, subject) =>
    saysSo('net.ip-not-allowlisted', evidence, subject).map((finding) => ({
      ...finding,
      ruledOut: [
        ...(finding.ruledOut ?? []),
        ...finding.evidence.slice(0, 1).map(({ check }) => ({
          cause: 'net.filtered',
          check,
          says: both('the server itself answers, and says why', 'サーバー自身が応答し、理由を示しています'),
        })),
      ],
    })),
  because: ({ places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} turns this machine away because its address is not on the server's list: "${says}".`,
      `${where.ja} は、このマシンの IP アドレスが許可リストにないため、接続を拒否しました。応答は「${says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      'Find out the public address from which the CRM connects (in a cloud: that of its NAT gateway; there may be several).',
      'CRM の接続元のグローバル IP アドレスを調べます（クラウドでは NAT ゲートウェイのアドレス。複数のこともあります）。',
    ),
    both(
      `Ask the administrator of ${firstPlace(detail).host} to enter it into the list, for every protocol that the CRM uses.`,
      `${firstPlace(detail).host} の管理者に、CRM が使うすべてのプロトコルについて、その IP アドレスの登録を依頼します。`,
    ),
    both(
      "Run crm-doctor on the CRM's own host: what counts is the address from there.",
      'CRM のホスト自身で crm-doctor を実行します。判断されるのは、そこからの IP アドレスです。',
    ),
  ],
});

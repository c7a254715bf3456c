import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const mailLoop = defineCause<Refused>({
  id: 'smtp.mail-loop',
  title: both('Mail runs in a circle', 'メールが転送のループに入っています'),
  about: both(
    'A mail loop arises when servers pass a message back to where it came from: an MX record or transport rule points to the sender itself, or two mailboxes forward to each other. Servers count the hops (the stations on the way) and give up after some dozens.',
    'メールのループは、サーバー同士が同じメールを送り返し合う状態です。MX レコードや転送設定が自分自身を指している、2 つのメールボックスが互いに転送している、などで起こります。サーバーは経由回数（ホップ数）を数え、数十回で中止します。',
  ),
  explain: (evidence, subject) => saysSo('smtp.mail-loop', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} has found that mail for ${detail.recipient} runs in a circle: "${detail.says}".`,
      `${host}:${port} は、${detail.recipient} 宛てのメールがループしていると判断しました。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      'Compare the MX records of the domain with the server that holds the mailbox.',
      'ドメインの MX レコードと、実際にメールボックスがあるサーバーを照合します。',
    ),
    both(
      `Look for forwarding rules that lead back to ${detail.recipient}, and remove one of them.`,
      `${detail.recipient} に戻ってくる転送設定を探し、片方を削除します。`,
    ),
    both(
      'On Postfix compare mydestination, virtual_mailbox_domains, relayhost and transport_maps.',
      'Postfix では mydestination、virtual_mailbox_domains、relayhost、transport_maps を確認します。',
    ),
  ],
});

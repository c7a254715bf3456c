import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const relayDenied = defineCause<Refused>({
  id: 'smtp.relay-denied',
  title: both('The server will not pass mail on for this session', '送信サーバーが中継を拒否しています'),
  about: both(
    'Relaying means that a server sends on mail which is not for its own users. Servers do this only for people who have logged in, or from listed addresses, since open relays are abused by spammers. The refusal says that this session counts as neither.',
    '中継（リレー）とは、自分の利用者宛てではないメールを別のサーバーへ送ることです。迷惑メールに悪用されるため、サーバーはログインした利用者か、登録済みの IP アドレスからしか中継しません。今回の接続は、どちらとも認められていません。',
  ),
  unless: ['net.egress-ip-changed', 'auth.missing', 'auth.pop-before-smtp'],
  explain: (evidence, subject) => saysSo('smtp.relay-denied', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} does not accept mail to ${detail.recipient} from this session: "${detail.says}". ${detail.loggedIn ? `It did take the login as ${detail.username}, so that this account may not relay here.` : 'No login was made in this session.'}`,
      `${host}:${port} は、${detail.recipient} 宛てのメールを受け付けませんでした。応答は「${detail.says}」です。${detail.loggedIn ? `${detail.username} でのログインは成功しているため、このアカウントには中継が許可されていません。` : 'この接続ではログインしていません。'}`,
    );
  },
  steps: (detail) => [
    both(
      'Use the submission port 587 (STARTTLS) or 465 (SSL/TLS) of the provider, with SMTP authentication switched on in the CRM.',
      'CRM で SMTP 認証を有効にし、提供元のサブミッションポート 587 (STARTTLS) または 465 (SSL/TLS) を使います。',
    ),
    both(
      `See that ${firstPlace(detail).host} is the outgoing server of ${detail.recipient}, not that of another provider.`,
      `${firstPlace(detail).host} が ${detail.recipient} の送信サーバーであり、別の提供元のものではないことを確認します。`,
    ),
    both(
      'If the CRM has to send without a login, ask the administrator to admit its address only (Postfix: mynetworks; Exchange: a relay connector).',
      'ログインせずに送信する必要がある場合は、CRM の IP アドレスだけの許可を管理者に依頼します（Postfix は mynetworks、Exchange はコネクタ）。',
    ),
  ],
});

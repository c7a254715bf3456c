import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const greetingRefused = defineCause<Refused>({
  id: 'smtp.greeting-refused',
  title: both('The server turns this client away at the greeting', '送信サーバーが接続直後に拒否しています'),
  about: both(
    'A mail server greets with 220. Some greet with 554 or 521 and take nothing: the address of the client is on a list of theirs, or the machine is not meant for sending at all. The decision is made from the IP address, before any login.',
    'メールサーバーは、接続されると通常 220 で応答します。554 や 521 で応答する場合は、接続元の IP アドレスを受け付けないか、送信用ではないサーバーです。ログインの前に、IP アドレスだけで判断されています。',
  ),
  explain: (evidence, subject) => saysSo('smtp.greeting-refused', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} answers the connection with a refusal: "${detail.says}". It was given before any login, so that user name and password play no part in it.`,
      `${host}:${port} は、接続直後に「${detail.says}」と応答して拒否しました。ログイン前の応答のため、ユーザー名やパスワードは関係ありません。`,
    );
  },
  steps: (detail) => [
    both(
      'Find out the public IP address from which the CRM sends.',
      'CRM がどのグローバル IP アドレスから送信しているかを調べます。',
    ),
    both(
      `Ask the administrator of ${firstPlace(detail).host} to admit this address, and give the words of the server.`,
      `${firstPlace(detail).host} の管理者に、サーバーの応答を伝え、その IP アドレスの許可を依頼します。`,
    ),
    both(
      'Use the submission port 587 or 465 of the provider with a login, if the CRM now uses port 25.',
      '25 番ポートを使っている場合は、提供元のサブミッションポート（587 または 465）でログインして送信します。',
    ),
  ],
});

import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from './refusals.ts';
import { saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

const link = (says: string): string | undefined => /https?:\/\/[^\s<>"\])]{1,200}/.exec(says)?.[0];

export const webLoginRequired = defineCause<Refused>({
  id: 'auth.web-login-required',
  title: both('The provider wants a sign-in in a browser first', 'ブラウザーでのサインインが必要です'),
  about: both(
    'When a login looks unusual, for example from a new server or country, some providers hold it back until the owner has confirmed it in a web browser. The password is right, or at least was not judged yet. Until the sign-in, every program is refused.',
    '新しいサーバーや国外からのログインなど、普段と違うアクセスと判断されると、提供元は本人がブラウザーで確認するまでログインを止めることがあります。パスワードの間違いとは限りません。確認が済むまで、すべてのプログラムが拒否されます。',
  ),
  explain: (evidence, subject) => saysSo('auth.web-login-required', evidence, subject),
  owner: 'user',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} holds back the login of ${username} until somebody has signed in with a browser. The server says "${says}".`,
      `${where.ja} は、ブラウザーでサインインするまで ${username} のログインを止めています。サーバーの応答は「${says}」です。`,
    );
  },
  steps: ({ username, says, provider }) => [
    link(says) === undefined
      ? both(
          `Sign in to the webmail as ${username} and confirm the warning.`,
          `Web メールに ${username} でサインインし、表示された確認に答えます。`,
        )
      : both(
          `Check that the address in the server's answer is the provider's own, open it, sign in as ${username} and confirm: ${link(says)}`,
          `サーバーの応答にあるアドレスが提供元のものであることを確かめて開き、${username} でサインインして確認します: ${link(says)}`,
        ),
    ...(provider === 'google'
      ? [
          both(
            'Then open https://accounts.google.com/DisplayUnlockCaptcha as the same user and let the CRM log in within ten minutes.',
            '続いて、同じユーザーで https://accounts.google.com/DisplayUnlockCaptcha を開き、10 分以内に CRM からログインします。',
          ),
        ]
      : []),
    both(
      'For a lasting cure, connect the CRM by OAuth or with an app password.',
      '再発を防ぐには、OAuth またはアプリパスワードで CRM を接続します。',
    ),
  ],
});

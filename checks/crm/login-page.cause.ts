import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from './connect-cause.ts';
import { pageIn } from './connect-root.ts';
import { placesOf } from './product-places.ts';

interface Wall {
  readonly how: 'sign-on' | 'gate' | 'basic' | 'own';
  /** Who stands there. */
  readonly by: string;
  readonly title?: string;
  readonly where?: string;
}

export const crmLoginPage = connectCause<Wall>({
  id: 'crm.login-page',
  title: both('A login page answers in place of the API', 'API の代わりにログイン画面が返ってきます'),
  about: both(
    'Where a program asks for data, a page for people comes back. Either something stands in front of the CRM (a single sign-on, a web application firewall, a password of the web server) and does not let programs through, or the address leads to the page of the CRM and not to its API. In a browser all looks well.',
    'データを問い合わせたのに、人向けの画面が返ってきています。CRM の手前にあるもの（シングルサインオン、WAF、Web サーバーのパスワード）がプログラムを通さないか、アドレスが API ではなく画面を指しています。ブラウザーでは問題なく見えます。',
  ),
  owner: ({ how }) => (how === 'own' ? 'user' : 'network-admin'),
  confidence: ({ how }) => (how === 'own' ? 0.85 : 0.94),
  more: ({ fact, failure }) => {
    const page = pageIn(fact.reach);
    const where = failure.location ?? page?.location ?? page?.url;
    const title = page?.title;
    const rest = { ...(title === undefined ? {} : { title }), ...(where === undefined ? {} : { where }) };
    const is = page?.product?.is;
    if (page?.product && (is === 'sign-on' || is === 'gate')) return { how: is, by: page.product.name, ...rest };
    if (page?.status === 401 && page.asksFor !== undefined) return { how: 'basic', by: page.asksFor, ...rest };
    return { how: 'own', by: fact.product, ...rest };
  },
  seen: ({ title, where, url }) => [
    ...(title === undefined ? [] : [both(`title of the page: "${title}"`, `画面のタイトル:「${title}」`)]),
    ...(where === undefined || where.replace(/\/$/, '') === url
      ? []
      : [both(`it came from ${where}`, `応答元: ${where}`)]),
  ],
  ruledOut: () => [
    ruledOut('crm.auth-failed', 'the login was never handed to the CRM', 'ログイン情報は CRM まで届いていません'),
    ruledOut('crm.redirected', 'what answers is a login', '応答しているのはログイン画面です'),
  ],
  because: ({ how, by, url, product }) => {
    switch (how) {
      case 'sign-on':
        return both(
          `In front of ${url} stands ${by}, which asks people to sign in and lets no program through to ${product}.`,
          `${url} の手前に ${by} があり、人のログインを求めるため、プログラムから ${product} に届きません。`,
        );
      case 'gate':
        return both(
          `${by} stands between and answers in place of ${product} at ${url}.`,
          `途中にある ${by} が、${url} の ${product} の代わりに応答しています。`,
        );
      case 'basic':
        return both(
          `The web server in front of ${url} wants a login of its own (${by}) before it lets anybody through to ${product}.`,
          `${url} の手前の Web サーバーが、${product} とは別のログイン（${by} 認証）を求めています。`,
        );
      case 'own':
        return both(
          `At ${url} the page of ${product} for people answers, not its API.`,
          `${url} で応答しているのは、${product} の API ではなく、人向けのログイン画面です。`,
        );
    }
  },
  steps: ({ how, by, type, path, host, product }) => {
    const { address, api } = placesOf(type);
    if (how === 'own') {
      return [
        both(
          `Enter the address of the CRM itself at ${path}.url, such as ${address.en}.`,
          `${path}.url に CRM 自体のアドレスを設定します。例: ${address.ja}。`,
        ),
        both(`See that the API is let through: ${api.en}.`, `API が通されているか確認します: ${api.ja}。`),
      ];
    }
    return [
      both(
        `Let the paths of the API on ${host} pass ${by} without a sign-in, for the addresses of your integrations only.`,
        `${by} で、${host} の API のパスだけを、連携に使う IP アドレスに限って、ログインなしで通すよう設定します。`,
      ),
      both(
        'Or give the CRM an inner address for programs that does not go through it, and enter that one.',
        'または、これを通らない社内用のアドレスをプログラム向けに用意し、そちらを設定します。',
      ),
      both(`About the API of ${product}: ${api.en}.`, `${product} の API について: ${api.ja}。`),
    ];
  },
});

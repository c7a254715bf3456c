import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from './connect-cause.ts';

export const crmRedirected = connectCause<{ readonly location: string; readonly down: boolean }>({
  id: 'crm.redirected',
  title: both('The address of the CRM leads to another one', 'CRM のアドレスが別の場所に転送されています'),
  about: both(
    'The web server answers every question with "go to another address". A browser follows without a word; an integration must not, since it would hand its key to another host, or send it without encryption. It often follows a move, a change of the domain, or a rule for www and https that was added to the web server.',
    'Web サーバーが、すべての問い合わせを別のアドレスに転送しています。ブラウザーは自動で転送先に移動しますが、連携ではキーを別のホストに渡したり、暗号化なしで送ったりすることになるため、転送には従いません。移転、ドメインの変更、www や https への転送設定のあとによく起こります。',
  ),
  owner: 'user',
  confidence: 0.95,
  more: ({ failure, fact }) => {
    const location = failure.location ?? '';
    return { location, down: /^https:/i.test(fact.url) && /^http:/i.test(location) };
  },
  ruledOut: () => [
    ruledOut(
      'crm.login-page',
      'it does not lead to a sign-on that is known',
      '転送先は、既知のログイン基盤ではありません',
    ),
  ],
  because: ({ url, location, down }) =>
    down
      ? both(
          `${url} leads to ${location}, which is not encrypted. Nothing was sent there.`,
          `${url} が、暗号化されていない ${location} に転送されます。そこには何も送信していません。`,
        )
      : both(
          `${url} leads to ${location}. The key was not sent there.`,
          `${url} が ${location} に転送されます。キーは転送先に送っていません。`,
        ),
  steps: ({ path, location, down }) =>
    down
      ? [
          both(
            'In the CRM and in the web server: correct the own address so that it begins with https:// (Odoo web.base.url, EspoCRM siteUrl, RT $WebBaseURL; behind a proxy pass X-Forwarded-Proto).',
            'CRM と Web サーバーに登録した自身のアドレスを https:// で始まるものに直します（Odoo は web.base.url、EspoCRM は siteUrl、RT は $WebBaseURL。リバースプロキシでは X-Forwarded-Proto を渡します）。',
          ),
        ]
      : [
          both(
            `Open ${location} in a browser. If it is your CRM, enter that address at ${path}.url.`,
            `ブラウザーで ${location} を開きます。ご利用の CRM であれば、そのアドレスを ${path}.url に設定します。`,
          ),
          both(
            'If it is not: find out who has set up the redirect (web server, DNS, an expired domain) before any key is sent there.',
            '違う場合は、キーを送る前に、だれが転送を設定したか（Web サーバー、DNS、失効したドメイン）を調べます。',
          ),
        ],
});

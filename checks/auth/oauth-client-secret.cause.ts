import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import type { TokenRefused } from './oauth-endpoint.ts';
import { saidOfToken, serverText } from './oauth-endpoint.ts';
import { both, placesText } from './words.ts';

/** What is wrong with the secret, as far as the server's number tells. */
const fault = ({ codes, withSecret }: TokenRefused): Text => {
  if (codes.includes('AADSTS7000222')) return both('has expired', '有効期限が切れています');
  if (codes.includes('AADSTS7000215')) return both('is not the right value', '正しい値ではありません');
  if (codes.includes('AADSTS7000218') || !withSecret) return both('is missing', '設定されていません');
  // RFC 6749 section 5.2: invalid_client is an app that is not known there, too.
  return both(
    'is not accepted, or the app is not registered there',
    '受け付けられないか、アプリ自体が登録されていません',
  );
};

const where = ({ provider, clientId, codes }: TokenRefused): readonly Text[] => {
  if (provider === 'google') {
    return [
      both(
        `In the Google Cloud console open Google Auth Platform > Clients > ${clientId}, add a secret there and copy it.`,
        `Google Cloud コンソールの［Google Auth Platform］>［クライアント］> ${clientId} でシークレットを追加し、コピーします。`,
      ),
    ];
  }
  if (provider === 'microsoft' || codes.length > 0) {
    return [
      both(
        `In the Entra admin center open App registrations > the app ${clientId} > Certificates & secrets > New client secret, and copy the column "Value" at once (not "Secret ID"); it is shown only then.`,
        `Entra 管理センターの［アプリの登録］>アプリ ${clientId} >［証明書とシークレット］>［新しいクライアント シークレット］で作成し、その場で［値］の列をコピーします（［シークレット ID］ではありません）。値が表示されるのはこのときだけです。`,
      ),
    ];
  }
  return [
    both(
      `Have the administrator of the authorization server make a new secret for the client ${clientId}.`,
      `認可サーバーの管理者に、クライアント ${clientId} の新しいシークレットの発行を依頼します。`,
    ),
  ];
};

export const oauthClientSecret = defineCause<TokenRefused>({
  id: 'auth.oauth-client-secret',
  title: both(
    "The OAuth app's client secret has expired or is wrong",
    'OAuth アプリのクライアント シークレットが期限切れか、間違っています',
  ),
  about: both(
    "A client secret is the password of the OAuth app itself (not of a user): the CRM shows it to the authorization server when it fetches a token. At Microsoft it ends after at most 24 months, and then every mailbox behind the app stops at once although nobody changed a password. A frequent mistake is to paste the secret's id in place of its value.",
    'クライアント シークレットは、ユーザーではなく OAuth アプリ自体のパスワードです。CRM はトークンを取得するときに、これを認可サーバーに示します。Microsoft では最長 24 か月で期限が切れ、パスワードを変えていなくても、そのアプリを使うすべてのメールボックスが一斉に使えなくなります。値ではなくシークレットの ID を貼り付けてしまう間違いもよくあります。',
  ),
  explain: (evidence, subject) => saidOfToken('auth.oauth-client-secret', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const server = serverText(detail);
    const places = placesText(detail.places);
    const wrong = fault(detail);
    return both(
      `The client secret of the app ${detail.clientId} ${wrong.en}: ${server.en} says "${detail.says}". Without a token ${places.en} cannot be logged in to; mailbox and password are not the reason.`,
      `アプリ ${detail.clientId} のクライアント シークレットは${wrong.ja}。${server.ja} の応答は「${detail.says}」です。トークンを取得できないため、${places.ja} にログインできません。メールボックスやパスワードの問題ではありません。`,
    );
  },
  steps: (detail) => [
    ...(detail.codes.length > 0
      ? []
      : [
          both(
            `Compare the client id ${detail.clientId} with that of the registered app, letter by letter.`,
            `クライアント ID ${detail.clientId} が、登録されているアプリのものと一致するか確認します。`,
          ),
        ]),
    ...where(detail),
    both(
      'Enter the new value in the CRM, and as oauth.clientSecret (from the environment or a file) in crm-doctor.yaml.',
      '新しい値を CRM に設定し、crm-doctor.yaml の oauth.clientSecret（環境変数またはファイル）にも設定します。',
    ),
    both(
      'Note the day on which the new secret ends; two secrets may be valid side by side while they are exchanged.',
      '新しいシークレットの有効期限を控えておきます。切り替えの間は、新旧 2 つのシークレットを同時に有効にできます。',
    ),
  ],
});

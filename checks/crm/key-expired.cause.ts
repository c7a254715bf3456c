import { both } from '../auth/words.ts';
import { connectCause, itSaid, nothingMore, ruledOut } from './connect-cause.ts';
import { placesOf } from './product-places.ts';

export const crmKeyExpired = connectCause({
  id: 'crm.key-expired',
  title: both('The key of the CRM has expired or was revoked', 'CRM のキーの期限が切れたか、取り消されています'),
  about: both(
    'Keys and tokens of an API often end on a set day, when nobody has used them for long, when the password of their user is changed, or when somebody revokes them. The CRM knows this one and says that it is not valid any more: it is not mistyped. A clock that is off can look the same where tokens carry a time; crm-doctor compares the clocks first.',
    'API のキーやトークンには有効期限があり、長期間使わないとき、ユーザーのパスワードを変えたとき、だれかが取り消したときにも無効になります。CRM はこのキーを知っており、もう有効ではないと答えています（入力ミスではありません）。トークンに時刻が含まれる CRM では、時計のずれでも同じ結果になるため、crm-doctor は先に時計を比べます。',
  ),
  owner: 'crm-admin',
  confidence: 0.95,
  more: nothingMore,
  ruledOut: () => [
    ruledOut(
      'crm.auth-failed',
      'the CRM knows the key and says that it has ended',
      'CRM はこのキーを認識し、期限切れと答えています',
    ),
  ],
  because: (detail) => {
    const said = itSaid(detail);
    return both(
      `${detail.product} at ${detail.url} says that the key or token at ${detail.path}.secret is not valid any more.${said.en}`,
      `${detail.url} の ${detail.product} が、${detail.path}.secret のキーまたはトークンはもう有効ではないと答えています。${said.ja}`,
    );
  },
  steps: ({ type, path }) => {
    const { key } = placesOf(type);
    return [
      both(`Make a new one: ${key.en}.`, `新しく作成します: ${key.ja}。`),
      both(
        `Enter it at ${path}.secret, and wherever else the old one is used (forms, shop, other integrations).`,
        `${path}.secret に設定します。古いキーを使っているほかの連携（フォームや EC サイトなど）も更新します。`,
      ),
      both(
        'Note the day on which the new one ends, and renew it before then.',
        '新しいキーの期限を控え、期限が来る前に更新します。',
      ),
    ];
  },
});

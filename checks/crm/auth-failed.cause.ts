import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { connectCause, itSaid, ruledOut } from './connect-cause.ts';
import { placesOf } from './product-places.ts';

/** `hint`: what this product wants of a login, where its connector knows it. */
export const crmAuthFailed = connectCause<{ readonly hint?: Text }>({
  id: 'crm.auth-failed',
  title: both('The CRM refuses the login', 'CRM がログインを拒否しています'),
  about: both(
    'The CRM answers at its address, and its API does not take the user name and the password or key. The key was mistyped or renewed, it belongs to another user or another system (test and production), or the user was switched off. Some CRMs say no more than "false" to all of these. crm-doctor tries a login once in a run, so that nobody is locked out.',
    'CRM はアドレスどおりに応答していますが、API がユーザー名とパスワード（またはキー）を受け付けません。キーの入力ミスや再発行、別のユーザーや別の環境（テストと本番）のキー、ユーザーの無効化などが考えられます。CRM によっては、どの場合も「false」としか返しません。アカウントがロックされないよう、crm-doctor は 1 回の検査でログインを 1 度だけ試します。',
  ),
  owner: 'user',
  confidence: 0.92,
  more: ({ failure: { needs } }) => (needs ? { hint: needs } : {}),
  ruledOut: ({ type }) => [
    ruledOut('crm.wrong-url', 'the API of the CRM itself answered', 'CRM の API 自身が応答しています'),
    ...(type === 'odoo' ? [ruledOut('crm.wrong-database', 'the database exists', 'データベースは存在します')] : []),
  ],
  because: (detail) => {
    const { product, login, url } = detail;
    const said = itSaid(detail);
    return both(
      `${product} at ${url} refuses the login${login === undefined ? '' : ` of ${login}`}.${said.en} It was tried once and not again.`,
      `${url} の ${product} が${login === undefined ? '' : ` ${login} の`}ログインを拒否しています。${said.ja}試行は 1 度だけで、再試行はしていません。`,
    );
  },
  steps: ({ product, type, path, login, hint }) => {
    const { users, key } = placesOf(type);
    return [
      ...(hint ? [both(`${hint.en}.`, `${hint.ja.replace(/。$/, '')}。`)] : []),
      both(
        `See whether the user${login === undefined ? '' : ` ${login}`} is there and active: ${users.en}.`,
        `ユーザー${login === undefined ? '' : ` ${login} `}が存在し、有効になっているか確認します: ${users.ja}。`,
      ),
      both(
        `Make a new key or set the password anew: ${key.en}.`,
        `キーを作り直すか、パスワードを設定し直します: ${key.ja}。`,
      ),
      both(
        `Enter it at ${path}.secret (better: the environment variable that stands there), without spaces; see that ${path}.username and ${path}.url belong to the same system as the key.`,
        `${path}.secret（そこに書かれた環境変数）に、空白を含めずに設定します。${path}.username と ${path}.url が、キーと同じ ${product} のものか確認してください。`,
      ),
    ];
  },
});

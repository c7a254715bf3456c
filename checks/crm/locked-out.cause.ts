import { both } from '../auth/words.ts';
import { connectCause, itSaid, ruledOut } from './connect-cause.ts';
import { placesOf } from './product-places.ts';

export const crmLockedOut = connectCause<{ readonly waitMs?: number }>({
  id: 'crm.locked-out',
  title: both('The CRM has locked the account for now', 'CRM のアカウントが一時的にロックされています'),
  about: both(
    'After some wrong logins a CRM lets an account in no more for a while, or until an administrator unlocks it, even with the right password. Nearly always a program with an old password is the reason: it tries again and again. crm-doctor stops at the first sign of it and tries nothing more in this run.',
    'ログインの失敗が続くと、CRM は一定の時間、または管理者が解除するまで、正しいパスワードでもログインを受け付けません。古いパスワードのまま接続を繰り返すプログラムが原因であることがほとんどです。crm-doctor は、ロックの兆候があった時点で、それ以上のログインを試しません。',
  ),
  owner: 'crm-admin',
  confidence: 0.95,
  more: ({ failure: { retryAfterMs } }) => (retryAfterMs === undefined ? {} : { waitMs: retryAfterMs }),
  ruledOut: () => [
    ruledOut(
      'crm.auth-failed',
      'the answer speaks of the lock, not of the password',
      'パスワードの誤りではなく、ロックを示す応答です',
    ),
  ],
  because: (detail) => {
    const { product, login, waitMs } = detail;
    const said = itSaid(detail);
    const minutes = waitMs === undefined ? undefined : Math.max(1, Math.ceil(waitMs / 60_000));
    const wait =
      minutes === undefined
        ? both('', '')
        : both(` It asks to wait ${minutes} min.`, `${minutes} 分待つよう求めています。`);
    return both(
      `${product} lets ${login ?? 'the API user'} in no more for now: there were too many wrong logins.${said.en}${wait.en} Nothing more was tried.`,
      `ログインの失敗が多すぎたため、${product} が ${login ?? 'API ユーザー'} を一時的に締め出しています。${said.ja}${wait.ja}これ以上のログインは試していません。`,
    );
  },
  steps: ({ type, path }) => {
    const { users, unlock } = placesOf(type);
    return [
      both(
        'Find the program that tries the wrong password (an old integration, a phone, a second server) and stop or correct it first: else the lock comes back.',
        '誤ったパスワードで接続を続けているプログラム（古い連携、スマートフォン、別のサーバーなど）を探し、先に止めるか直します。直さないと再びロックされます。',
      ),
      unlock
        ? both(`Let the account in again: ${unlock.en}.`, `ロックを解除します: ${unlock.ja}。`)
        : both(
            `Wait until the lock ends, or unlock the user: ${users.en}.`,
            `ロックが終わるまで待つか、ユーザーのロックを解除します: ${users.ja}。`,
          ),
      both(
        `See that ${path}.secret is the present password or key before the next run.`,
        `次に検査する前に、${path}.secret が現在のパスワードまたはキーであることを確認します。`,
      ),
    ];
  },
});

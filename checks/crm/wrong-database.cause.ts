import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from './connect-cause.ts';
import { listedNames } from './listed-names.ts';

export const crmWrongDatabase = connectCause<{ readonly database: string; readonly listed: readonly string[] }>({
  id: 'crm.wrong-database',
  title: both('The CRM has no database of this name', 'この名前のデータベースが CRM にありません'),
  about: both(
    'One CRM server can hold several databases, such as production and test, each with its own users. The name in the configuration is none of them: it was mistyped (capital letters count), renamed, or belongs to another server. Some servers hide their list; then only an administrator can tell the name.',
    '1 つの CRM サーバーに、本番やテストなど複数のデータベースを置くことができ、ユーザーもデータベースごとに異なります。設定の名前はそのどれでもありません。入力ミス（大文字と小文字は区別されます）、名前の変更、別のサーバーの名前が考えられます。一覧を公開しないサーバーでは、管理者に確認する必要があります。',
  ),
  owner: 'user',
  confidence: ({ listed }) => (listed.length > 0 ? 0.98 : 0.9),
  more: ({ failure, subject }) => ({
    database: subject.config.database ?? '',
    listed: failure.code === undefined ? listedNames(failure.says, 10) : [],
  }),
  ruledOut: () => [ruledOut('crm.auth-failed', 'the login was not even looked at', 'ログインの確認には至っていません')],
  because: ({ product, host, database, listed }) =>
    listed.length > 0
      ? both(
          `${product} at ${host} has no database "${database}"; it lists ${listed.join(', ')}.`,
          `${host} の ${product} に「${database}」というデータベースはありません。存在するのは ${listed.join('、')} です。`,
        )
      : both(
          `${product} at ${host} has no database "${database}", and does not list the ones that it has.`,
          `${host} の ${product} に「${database}」というデータベースはありません。一覧も公開されていません。`,
        ),
  steps: ({ path, listed, product }) => [
    listed.length > 0
      ? both(
          `Set ${path}.database to one of ${listed.join(', ')}: the one whose name the login page of ${product} shows for your data.`,
          `${path}.database を ${listed.join('、')} のうち、実際に使っているものに変更します（${product} のログイン画面で確認できます）。`,
        )
      : both(
          `Ask the administrator of ${product} for the exact name, and enter it at ${path}.database.`,
          `${product} の管理者に正確な名前を確認し、${path}.database に設定します。`,
        ),
    both(
      'If the right one is missing there: the server is another one (test for production), or the database was not restored after a move.',
      '目的のものがない場合は、別のサーバー（本番ではなくテストなど）に接続しているか、移行後にデータベースが復元されていません。',
    ),
  ],
});

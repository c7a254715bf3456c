import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const secretDecryptFailed = loggedCause({
  id: 'crm.secret-decrypt-failed',
  title: both('The CRM cannot decrypt its stored passwords', 'CRM が保存済みのパスワードを復号できません'),
  about: both(
    'A CRM stores mail passwords encrypted with a key of its own, which lies outside the database: in a file or in the environment. After a restore, a move to another host, or a new container the key is another one, and every stored password is void, although the right one was typed in once. The login then fails or is not even tried.',
    'CRM は、メールのパスワードを独自の鍵で暗号化して保存します。鍵はデータベースの外（ファイルや環境変数）にあります。復元、別サーバーへの移行、コンテナーの作り直しのあとに鍵が変わると、正しく入力したはずのパスワードもすべて使えなくなります。ログインは失敗するか、試されることもありません。',
  ),
  owner: 'crm-admin',
  means: () =>
    both(
      'The CRM cannot decrypt what it has stored: its key is not the one that it was encrypted with.',
      'CRM の鍵が暗号化したときのものと違うため、保存済みの情報を復号できません。',
    ),
  steps: () => [
    both(
      'Bring back the old key where a backup has it (APP_KEY in .env of Laravel, encryption_key in site_config.json of Frappe, SECRET_KEY_BASE and the ACTIVE_RECORD_ENCRYPTION variables of Rails), and restart the CRM.',
      'バックアップに元の鍵があれば戻します（Laravel は .env の APP_KEY、Frappe は site_config.json の encryption_key、Rails は SECRET_KEY_BASE や ACTIVE_RECORD_ENCRYPTION で始まる変数）。その後、CRM を再起動します。',
    ),
    both(
      'Where the key is lost: enter the password of each mail account in the CRM anew, and grant OAuth sign-ins again.',
      '鍵を失った場合は、CRM の各メールアカウントのパスワードを入力し直し、OAuth の認可もやり直します。',
    ),
    both(
      'Put the key into the backup, apart from the database.',
      '鍵を、データベースとは別にバックアップの対象に加えます。',
    ),
  ],
});

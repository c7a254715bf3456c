import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const phpImapRemoved = loggedCause({
  id: 'version.php-imap-removed',
  title: both('PHP lacks the imap extension that the CRM needs', 'CRM に必要な PHP の imap 拡張がありません'),
  about: both(
    'Older PHP CRMs fetch mail with the functions of the imap extension. PHP 8.4 no longer contains it (it moved to PECL), and some distributions no longer package it. After an update of PHP every fetch ends with an error about the missing function imap_open() before any server is asked; mail programs and the checks of crm-doctor work.',
    '従来の PHP 製 CRM は、imap 拡張の関数でメールを取り込みます。この拡張は PHP 8.4 で本体から外れて PECL に移り、パッケージを提供しないディストリビューションもあります。PHP の更新後は、サーバーに接続する前に、関数 imap_open() がないというエラーで取り込みが止まります。メールソフトや crm-doctor の検査は正常に動きます。',
  ),
  owner: 'crm-admin',
  means: () =>
    both(
      'The CRM calls a function of the imap extension, and its PHP does not have it.',
      'CRM が imap 拡張の関数を呼び出していますが、実行している PHP にこの拡張がありません。',
    ),
  steps: () => [
    both(
      'See with which PHP the CRM runs, on the web and in the scheduled job: "php -v" and "php -m | grep imap" as the user of each (they often differ).',
      'Web と定期ジョブのそれぞれで、CRM を動かす PHP を確認します（各実行ユーザーで「php -v」と「php -m | grep imap」。両者は異なることがあります）。',
    ),
    both(
      'Up to PHP 8.3: install and enable the package (Debian, Ubuntu: php8.2-imap and the like; RHEL: php-imap), then restart PHP-FPM or the web server.',
      'PHP 8.3 までは、パッケージを導入して有効にし（Debian / Ubuntu は php8.2-imap など、RHEL は php-imap）、PHP-FPM か Web サーバーを再起動します。',
    ),
    both(
      'PHP 8.4 and later: install it with PECL ("pecl install imap"), or update the CRM to a version that fetches mail without the extension.',
      'PHP 8.4 以降では、PECL で導入する（「pecl install imap」）か、この拡張を使わないバージョンに CRM を更新します。',
    ),
    both('Let the CRM fetch once and look into its log.', '取り込みを一度実行し、ログを確認します。'),
  ],
});

import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { LogDetail } from '../logs/log-says.ts';
import { fromLogs, logSentence } from '../logs/log-says.ts';
import { imapAuth } from '../mail/imap-auth.check.ts';

export const testPassesJobFails = defineCause<LogDetail>({
  id: 'crm.test-passes-job-fails',
  title: both(
    'The test of the account works, the scheduled job fails',
    '接続テストは成功し、定期ジョブだけが失敗します',
  ),
  about: both(
    'The button that tests a mail account and the job that fetches mail are two programs: another user, another PHP, another environment, sometimes another copy of the password. The login works, also from crm-doctor, and the log of the job says that it cannot open the mailbox. crm-doctor names this only when it has seen both.',
    'メールアカウントの接続テストと、メールを取り込む定期ジョブは別のプログラムです。実行ユーザー、PHP、環境変数、場合によっては保存されたパスワードまで異なります。crm-doctor からのログインは成功するのに、ジョブのログにはメールボックスを開けないと記録されている場合だけ、この原因を示します。',
  ),
  unless: ['version.php-imap-removed', 'crm.secret-decrypt-failed'],
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const login = evidence.fact(imapAuth)?.login;
    if (login?.kind !== 'accepted') return [];
    return fromLogs('crm.test-passes-job-fails', evidence, subject, { severity: 'warning' }).map((finding) => ({
      ...finding,
      evidence: [
        ...finding.evidence,
        {
          check: imapAuth,
          says: both('the same login was accepted just now', '同じログインは、今回の検査で成功しました'),
        },
      ],
      ruledOut: [
        {
          cause: 'auth.wrong-credentials',
          check: imapAuth,
          says: both('user name and password are right', 'ユーザー名とパスワードは正しいことを確認しました'),
        },
      ],
    }));
  },
  because: (detail) => {
    const says = logSentence(detail);
    return both(
      `The login works from here, and the CRM's job cannot open the mailbox. ${says.en}`,
      `ここからのログインは成功しますが、CRM の定期ジョブはメールボックスを開けていません。${says.ja}`,
    );
  },
  steps: ({ place }) => [
    both(
      `See as which user and with which PHP the job runs: the line in the crontab, and ${place}.`,
      `ジョブの実行ユーザーと PHP を、crontab の行と ${place} で確認します。`,
    ),
    both(
      'Run the job once by hand as that user (SuiteCRM: php -f cron.php), and compare "php -m" and "php -v" with those of the web server.',
      'そのユーザーでジョブを一度手動で実行し（SuiteCRM は php -f cron.php）、「php -m」と「php -v」を Web サーバー側と比べます。',
    ),
    both(
      'Enter the password of the account in the CRM once more and save: the job reads the stored one, the test the one on the screen.',
      'CRM でアカウントのパスワードを入力し直して保存します。接続テストは画面の値を、ジョブは保存された値を使います。',
    ),
    both('Let the job run and look for a new line of this kind.', 'ジョブを実行し、同じ行が増えないことを確認します。'),
  ],
});

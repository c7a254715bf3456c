import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const jobStopped = loggedCause({
  id: 'crm.job-stopped',
  title: both('The scheduled job that handles mail does not run', 'メールを処理する定期ジョブが動いていません'),
  about: both(
    'Most CRMs fetch and send mail in a scheduled job (cron, worker, scheduler) and not at once. When this job is switched off, runs into its time limit, or was deactivated after failures, the settings are right and the test button works, but no mail is fetched or sent. The CRM says so in its log.',
    '多くの CRM は、メールの取り込みや送信を即時ではなく定期ジョブ（cron、ワーカー、スケジューラー）で行います。このジョブが止まっている、制限時間を超える、失敗が続いて無効になっている場合、設定が正しく接続テストも成功するのに、メールの取り込みや送信が行われません。CRM のログにその記録が残ります。',
  ),
  owner: 'crm-admin',
  means: () =>
    both(
      'The CRM does not run the job that fetches or sends mail to its end.',
      'メールの取り込みや送信を行う CRM の定期ジョブが、最後まで実行されていません。',
    ),
  steps: ({ place }) => [
    both(
      'Look at the job in the CRM: is it active, when did it last run, and when is it due (Odoo: Settings > Technical > Scheduled Actions; EspoCRM: Administration > Scheduled Jobs; SuiteCRM: Admin > Schedulers)?',
      'CRM でジョブの状態（有効か、前回の実行日時、次回の予定）を確認します（Odoo は［設定］→［技術］→［スケジュール済みアクション］、EspoCRM は［管理］→［スケジュールジョブ］、SuiteCRM は［管理］→［スケジューラ］）。',
    ),
    both(
      `Read the lines around ${place}: a time limit, an exception, or a setting such as EspoCRM's "cronDisabled".`,
      `${place} の前後の行を読み、制限時間、例外、EspoCRM の「cronDisabled」のような設定のどれかを確認します。`,
    ),
    both(
      "Make sure that the system starts it: the crontab entry of the CRM's user, the systemd timer, or the worker container.",
      'OS 側から起動されていることを確認します（CRM の実行ユーザーの crontab、systemd タイマー、ワーカーのコンテナー）。',
    ),
    both(
      'Activate it and start it once by hand; the next mail must be handled without help.',
      'ジョブを有効にして一度手動で実行し、次のメールが自動で処理されることを確認します。',
    ),
  ],
});

import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const smtpServerError = defineCause<Refused>({
  id: 'smtp.server-error',
  title: both('The outgoing server has a fault of its own', '送信サーバー自身に設定または動作の問題があります'),
  about: both(
    'Answers such as 451 4.3.0 and 4.3.5 tell that the server failed in its own work: a wrong setting, a database or directory that it cannot reach, or a queue that it cannot write. Every client gets them, until the administrator mends it.',
    '451 4.3.0 や 4.3.5 は、サーバー内部の失敗を示す応答です。設定の誤り、参照先のデータベースやディレクトリへの接続失敗、送信待ち領域に書き込めないなどが原因で、管理者が直すまですべての利用者に起こります。',
  ),
  explain: (evidence, subject) => saysSo('smtp.server-error', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} reports a fault of its own: "${detail.says}". The settings of the CRM are not the reason.`,
      `${host}:${port} が自身のエラーを報告しています。応答は「${detail.says}」です。CRM の設定が原因ではありません。`,
    );
  },
  steps: (detail) => [
    both(
      `Give the words of the server and the time to the administrator of ${firstPlace(detail).host}.`,
      `${firstPlace(detail).host} の管理者に、サーバーの応答と時刻を伝えます。`,
    ),
    both(
      'On your own Postfix, look for "fatal" and "warning" in the mail log at this time, and run postfix check.',
      '自社の Postfix の場合は、この時刻のメールログで「fatal」「warning」を探し、postfix check を実行します。',
    ),
  ],
});

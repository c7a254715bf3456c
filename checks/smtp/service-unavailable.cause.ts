import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const serviceUnavailable = defineCause<Refused>({
  id: 'smtp.service-unavailable',
  title: both('The outgoing server is not available now', '送信サーバーが一時的に利用できません'),
  about: both(
    'With 421 a mail server closes the conversation: it is being restarted or maintained, is overloaded, or has lost a part that it needs. It is a temporary answer; a CRM should keep the message and try again. When the 421 stays, the server is ill.',
    'メールサーバーは 421 という応答で会話を終わらせます。再起動やメンテナンス中、高負荷、必要な部品の停止などが考えられます。一時的な応答のため、CRM はメールを保管して再送すべきものです。421 が続く場合は、サーバー側に問題があります。',
  ),
  explain: (evidence, subject) => saysSo('smtp.service-unavailable', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} ended the conversation by itself: "${detail.says}". Nothing in the settings of the CRM causes this.`,
      `${host}:${port} が自分から会話を終わらせました。応答は「${detail.says}」です。CRM の設定が原因ではありません。`,
    );
  },
  steps: (detail) => [
    both('Try again in ten minutes.', '10 分ほど待ってから、もう一度検査します。'),
    both(
      `Look at the status page of the provider, or ask the administrator of ${firstPlace(detail).host}.`,
      `提供元の障害情報を確認するか、${firstPlace(detail).host} の管理者に問い合わせます。`,
    ),
    both(
      'On your own server, read the mail log at this time (Postfix: postfix check, journalctl -u postfix; load, disk and DNS of the host).',
      '自社サーバーの場合は、この時刻のメールログと負荷・ディスク・DNS を確認します（Postfix の例: postfix check、journalctl -u postfix）。',
    ),
  ],
});

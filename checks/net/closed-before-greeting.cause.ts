import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { doorCandidates, doorsWork } from './other-doors.ts';
import type { WordlessDetail } from './wordless-finding.ts';
import { detour, detourSteps, unlessSettings, wordlessFindings } from './wordless-finding.ts';

export const closedBeforeGreeting = defineCause<WordlessDetail>({
  id: 'net.closed-before-greeting',
  title: both('The server hangs up before its greeting', 'サーバーが最初の応答を送らずに切断します'),
  about: both(
    'The connection is accepted and then closed in good order, without the greeting, the first line of every mail server. A load balancer without a running server behind it does so, a limit on the number of connections, or an access list (TCP wrapper). The program that accepts is there, the one that should answer is not.',
    '接続は受け付けられますが、メールサーバーが必ず送る最初の 1 行（グリーティング）がないまま、正常な手順で切断されます。負荷分散装置の背後のサーバーが停止している、同時接続数の上限に達している、アクセス制限（TCP Wrapper など）がかかっている、といった場合に起こります。接続を受け付ける側は動いていますが、応答すべきプログラムが動いていません。',
  ),
  owner: 'mail-admin',
  unless: unlessSettings,
  explain: (evidence, subject) => wordlessFindings('closed', evidence, subject),
  candidates: doorCandidates,
  works: doorsWork,
  because: ({ host, places }, change) => {
    const where = placesText(places);
    const way = detour(change);
    return both(
      `${host} accepts the connection for ${where.en} and closes it without a word.${way.en}`,
      `${host} は ${where.ja} への接続を受け付けますが、何も応答せずに切断します。${way.ja}`,
    );
  },
  steps: ({ host, places }, change) => {
    const port = places[0]?.port ?? 0;
    return [
      ...detourSteps(change),
      both(
        `On ${host}: check that the mail service behind port ${port} runs (systemctl status dovecot postfix), also behind a load balancer.`,
        `${host} で、ポート ${port} の背後のメールサービスが動作しているか確認します (systemctl status dovecot postfix)。負荷分散装置がある場合は、その背後のサーバーも確認します。`,
      ),
      both(
        'Look for limits and access lists: smtpd_client_connection_count_limit, mail_max_userip_connections, /etc/hosts.allow and /etc/hosts.deny.',
        '接続数の上限とアクセス制限を確認します: smtpd_client_connection_count_limit、mail_max_userip_connections、/etc/hosts.allow と /etc/hosts.deny。',
      ),
      both(
        `Verify: nc -v ${host} ${port} must show a greeting.`,
        `確認: nc -v ${host} ${port} を実行し、最初の応答が表示されることを確認します。`,
      ),
    ];
  },
});

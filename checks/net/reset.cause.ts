import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { doorCandidates, doorsWork } from './other-doors.ts';
import type { WordlessDetail } from './wordless-finding.ts';
import { detour, detourSteps, unlessSettings, wordlessFindings } from './wordless-finding.ts';

export const reset = defineCause<WordlessDetail>({
  id: 'net.reset',
  title: both('The connection is reset before the greeting', '最初の応答の前に、接続がリセットされます'),
  about: both(
    'The connection is accepted and then torn down at once (TCP reset), before the server has sent its greeting, the first line. A firewall, an access list, or a ban after failed logins does so for certain addresses; an overloaded or misconfigured mail server may do it for all. Neither password nor encryption have been looked at by then.',
    '接続はいったん受け付けられますが、サーバーが最初の 1 行（グリーティング）を送る前に、強制的に切断（TCP リセット）されます。特定の IP アドレスを拒否するファイアウォールやアクセス制限、ログイン失敗後の一時的な遮断、またはサーバーの過負荷や設定の誤りで起こります。この時点では、パスワードも暗号化もまだ確認されていません。',
  ),
  owner: 'mail-admin',
  unless: unlessSettings,
  explain: (evidence, subject) => wordlessFindings('reset', evidence, subject),
  candidates: doorCandidates,
  works: doorsWork,
  because: ({ host, places }, change) => {
    const where = placesText(places);
    const way = detour(change);
    return both(
      `${host} accepts the connection for ${where.en} and resets it before the greeting, on every address.${way.en}`,
      `${host} は ${where.ja} への接続を受け付けた直後、最初の応答を送る前にリセットします。どの IP アドレスでも同じです。${way.ja}`,
    );
  },
  steps: ({ host, places }, change) => {
    const port = places[0]?.port ?? 0;
    return [
      ...detourSteps(change),
      both(
        `On ${host}: look in the log of the mail server, at the time of this run, for connections of the CRM's host.`,
        `${host} のメールサーバーのログで、この検査の時刻に CRM のマシンからの接続がどう記録されているか確認します。`,
      ),
      both(
        `Look for bans and access lists there: fail2ban-client status, nft list ruleset, /etc/hosts.deny.`,
        'サーバー側の遮断設定とアクセス制限を確認します: fail2ban-client status、nft list ruleset、/etc/hosts.deny。',
      ),
      both(
        `Verify from the CRM's host: nc -v ${host} ${port} (with TLS: openssl s_client -connect ${host}:${port}).`,
        `CRM のマシンから nc -v ${host} ${port}（TLS の場合は openssl s_client -connect ${host}:${port}）を実行し、応答があることを確認します。`,
      ),
    ];
  },
});

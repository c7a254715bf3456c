import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { doorCandidates, doorsWork } from './other-doors.ts';
import type { WordlessDetail } from './wordless-finding.ts';
import { detour, detourSteps, unlessSettings, wordlessFindings } from './wordless-finding.ts';

export const noGreeting = defineCause<WordlessDetail>({
  id: 'net.no-greeting',
  title: both('The server accepts the connection and stays silent', '接続はできますが、サーバーが何も応答しません'),
  about: both(
    'The connection opens, but the greeting, the first line that every mail server sends, does not come within the limit. The mail program hangs or waits for something else (a slow name lookup, a full disk, a spam check), or a device on the way accepts connections in the place of the server. A server that waits for TLS was ruled out, since the handshake was tried as well.',
    '接続は確立しますが、メールサーバーが必ず送る最初の 1 行（グリーティング）が制限時間内に届きません。メールサーバーのプログラムが停止しているか、別の処理（名前の逆引き、ディスクの空き待ち、迷惑メールの検査など）を待っている、または途中の機器がサーバーの代わりに接続を受け付けている場合に起こります。TLS の開始を待っているサーバーではないことも確認しています。',
  ),
  owner: 'mail-admin',
  unless: unlessSettings,
  explain: (evidence, subject) =>
    wordlessFindings('silent', evidence, subject).map((finding) => ({
      ...finding,
      ruledOut: [
        ...(finding.ruledOut ?? []),
        ...finding.evidence.slice(0, 1).map(({ check }) => ({
          cause: 'config.security-mismatch',
          check,
          says: both('a TLS handshake gets no answer either', 'TLS の開始要求にも応答がありません'),
        })),
      ],
    })),
  candidates: doorCandidates,
  works: doorsWork,
  because: ({ host, places, seconds }, change) => {
    const where = placesText(places);
    const way = detour(change);
    return both(
      `${host} accepts the connection for ${where.en}, but sent no greeting within ${seconds} seconds.${way.en}`,
      `${host} は ${where.ja} への接続を受け付けますが、${seconds} 秒待っても最初の応答がありません。${way.ja}`,
    );
  },
  steps: ({ host, places }, change) => {
    const port = places[0]?.port ?? 0;
    return [
      ...detourSteps(change),
      both(
        `On ${host}: restart the mail service of port ${port} and look in its log for what it waits for.`,
        `${host} で、ポート ${port} のメールサービスを再起動し、何を待っているのかをログで確認します。`,
      ),
      both(
        "Check there that names are looked up at once (dig -x of the CRM's address) and that the disk is not full (df -h).",
        'サーバー上で、名前の逆引きがすぐに終わるか（CRM の IP アドレスに対する dig -x）、ディスクに空きがあるか (df -h) を確認します。',
      ),
      both(
        `Verify: nc -v ${host} ${port} must show the greeting within a second or two.`,
        `確認: nc -v ${host} ${port} を実行し、1～2 秒以内に最初の応答が表示されることを確認します。`,
      ),
    ];
  },
});

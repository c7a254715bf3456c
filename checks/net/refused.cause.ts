import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import type { ClosedDetail } from './closed-finding.ts';
import { closedFinding, portsIn, unlessDeeper } from './closed-finding.ts';
import { byRoot, closedServices } from './contacts.ts';

export const refused = defineCause<ClosedDetail>({
  id: 'net.refused',
  title: both('The server refuses the connection', 'サーバーに接続を拒否されました'),
  about: both(
    'The host answers at once that nothing listens on this port (the number of a door on the server); no standard port of the service is open either. The mail service is stopped, listens on its own machine only, or lives on another host. A firewall that refuses with a reset looks the same.',
    'サーバーから「このポート（サーバーの入口の番号）では何も待ち受けていない」という応答がすぐに返ってきます。このサービスの、ほかの標準ポートも開いていません。メールサービスが停止している、サーバー自身からの接続だけを受け付けている、別のサーバーで動いている、のいずれかです。リセットを返すファイアウォールでも同じ結果になります。',
  ),
  owner: 'mail-admin',
  unless: [...unlessDeeper, 'net.banned'],
  explain: (evidence, subject) => {
    const closed = closedServices(evidence, subject).filter(({ how }) => how === 'refused');
    const openSibling = (one: (typeof closed)[number]) =>
      one.fact.siblings.some(({ port, connect }) => port !== 443 && connect.kind === 'open');
    return byRoot(closed, subject, openSibling).flatMap((group) =>
      closedFinding(group, 0.93).map((finding) => ({
        ...finding,
        ruledOut: finding.evidence.slice(0, 1).map(({ check }) => ({
          cause: 'net.filtered',
          check,
          says: both(
            'the refusal came at once, nothing was dropped on the way',
            '拒否の応答がすぐに返ってきており、途中で破棄されていません',
          ),
        })),
      })),
    );
  },
  because: ({ host, places, addresses }) => {
    const where = placesText(places);
    return both(
      `${host} (${addresses.join(', ')}) is up, but refuses the connection to port ${portsIn(places)}: no service listens there for ${where.en}, nor on its other standard ports.`,
      `${host} (${addresses.join('、')}) は動作していますが、ポート ${portsIn(places)} への接続を拒否します。${where.ja} のサービスが待ち受けておらず、ほかの標準ポートも開いていません。`,
    );
  },
  steps: ({ host, places }) => {
    const port = places[0]?.port ?? 0;
    return [
      both(
        `On ${host}: look whether something listens, with ss -ltnp | grep ':${port}'.`,
        `${host} で ss -ltnp | grep ':${port}' を実行し、サービスが待ち受けているか確認します。`,
      ),
      both(
        'If not: start the mail service (for example systemctl start dovecot postfix) and read its log for the reason of its end.',
        '待ち受けていない場合は、メールサービスを起動し（例: systemctl start dovecot postfix）、停止した理由をログで確認します。',
      ),
      both(
        'If it listens on 127.0.0.1 only: let it listen on the outer address as well (Dovecot: listen, Postfix: inet_interfaces).',
        '127.0.0.1 だけで待ち受けている場合は、外部向けの IP アドレスでも待ち受けるように設定します（Dovecot は listen、Postfix は inet_interfaces）。',
      ),
      both(
        `Verify from the CRM's host: nc -vz ${host} ${port}.`,
        `CRM のマシンから nc -vz ${host} ${port} を実行し、接続できることを確認します。`,
      ),
    ];
  },
});

import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import type { ClosedDetail } from './closed-finding.ts';
import { closedFinding, portsIn, unlessDeeper } from './closed-finding.ts';
import { byRoot, closedServices, mailSiblingAnswers } from './contacts.ts';

interface Detail extends ClosedDetail {
  /** Other ports of the same host that answer: then the filter is for these ports, not for the host. */
  readonly answering: readonly number[];
}

export const filtered = defineCause<Detail>({
  id: 'net.filtered',
  title: both('A firewall drops the connection silently', 'ファイアウォールで接続が遮断されています（応答なし）'),
  about: both(
    "Nothing at all comes back when the connection is opened, neither a yes nor a no, until the time is over. A firewall (a filter for network traffic) on the way drops the packets, or the address belongs to no running machine. Firewalls may stand in front of the server, at the CRM's host, or at the provider between them.",
    '接続しようとしても、許可も拒否も返ってこないまま時間切れになります。通信経路のファイアウォール（通信を選別する関所）が通信を破棄しているか、その IP アドレスのマシンが動いていません。ファイアウォールは、サーバーの手前、CRM のマシン、途中の回線事業者のいずれにもあり得ます。',
  ),
  owner: 'network-admin',
  unless: [...unlessDeeper, 'net.mail-ports-blocked', 'net.proxy-required', 'net.banned'],
  explain: (evidence, subject) => {
    const closed = closedServices(evidence, subject).filter(({ how }) => how === 'silent');
    return byRoot(closed, subject, mailSiblingAnswers).flatMap((group) => {
      const answering = [
        ...new Set(
          group.flatMap(({ fact }) =>
            fact.siblings.flatMap(({ port, connect }) =>
              connect.kind === 'open' || connect.kind === 'refused' ? [port] : [],
            ),
          ),
        ),
      ];
      return closedFinding(group, 0.9).map((finding) => ({
        ...finding,
        detail: { ...finding.detail, answering },
        ruledOut: finding.evidence.slice(0, 1).map(({ check }) => ({
          cause: 'net.refused',
          check,
          says: both('no refusal came back', '拒否の応答は返ってきていません'),
        })),
      }));
    });
  },
  because: ({ host, places, addresses, answering }) => {
    const where = placesText(places);
    const other =
      answering.length > 0
        ? both(
            ` The host itself is there: port ${answering.join(', ')} answers. So it is these ports that are filtered.`,
            `サーバー自体は動作しており、ポート ${answering.join('、')} は応答します。遮断されているのは、このポートだけです。`,
          )
        : both(
            ' No other port of the host answers either: the whole host is filtered or down.',
            'このサーバーのほかのポートも応答しないため、サーバー全体への通信が遮断されているか、サーバーが停止しています。',
          );
    return both(
      `${host} (${addresses.join(', ')}) does not answer on port ${portsIn(places)} within the limit, for ${where.en}.${other.en}`,
      `${host} (${addresses.join('、')}) のポート ${portsIn(places)} から、制限時間内に応答がありません（${where.ja}）。${other.ja}`,
    );
  },
  steps: ({ host, places, answering }) => {
    const port = places[0]?.port ?? 0;
    return [
      ...(answering.length === 0
        ? [
            both(
              `Check that ${host} is switched on and has this address.`,
              `${host} が起動していて、この IP アドレスで動作しているか確認します。`,
            ),
          ]
        : []),
      both(
        `Let the firewalls pass outgoing TCP port ${portsIn(places)} from the CRM's host to ${host}.`,
        `CRM のマシンから ${host} への TCP ポート ${portsIn(places)} の通信を、ファイアウォールで許可します。`,
      ),
      both(
        `On the server: let the firewall pass it (for example ufw allow ${port}/tcp, or nft add rule inet filter input tcp dport ${port} accept), and look whether it has banned this address (fail2ban-client status).`,
        `サーバー側のファイアウォールでも許可し（例: ufw allow ${port}/tcp、nft add rule inet filter input tcp dport ${port} accept）、接続元の IP アドレスが遮断されていないか確認します（例: fail2ban-client status）。`,
      ),
      both(
        `Verify from the CRM's host: nc -vz -w 5 ${host} ${port}.`,
        `CRM のマシンから nc -vz -w 5 ${host} ${port} を実行し、接続できることを確認します。`,
      ),
    ];
  },
});

import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import type { ClosedDetail } from './closed-finding.ts';
import { closedFinding, portsIn, unlessDeeper } from './closed-finding.ts';
import { byRoot, closedServices, mailSiblingAnswers } from './contacts.ts';

export const rejected = defineCause<ClosedDetail>({
  id: 'net.rejected',
  title: both('A firewall refuses the connection', 'ファイアウォールに接続を拒否されました'),
  about: both(
    'A firewall (a filter for network traffic) answers the attempt to connect with "prohibited" (ICMP, the messages by which network devices report). The host is there, since other ports of it answer, or the message itself says that a rule forbids it. It is a decision of somebody\'s rule, not a fault of the mail server.',
    '接続しようとすると、ファイアウォール（通信を選別する関所）が「禁止」という通知 (ICMP) を返します。同じサーバーの別のポートは応答するか、通知そのものが「規則により禁止」と示しています。メールサーバーの故障ではなく、ファイアウォールの規則によるものです。',
  ),
  owner: 'network-admin',
  unless: [...unlessDeeper, 'net.proxy-required', 'net.banned'],
  explain: (evidence, subject) => {
    const closed = closedServices(evidence, subject).filter(({ how }) => how === 'rejected');
    return byRoot(closed, subject, mailSiblingAnswers).flatMap((group) =>
      closedFinding(group, 0.9).map((finding) => ({
        ...finding,
        ruledOut: finding.evidence.slice(0, 1).map(({ check }) =>
          finding.detail.code === 'EHOSTUNREACH'
            ? {
                cause: 'net.no-route',
                check,
                says: both('another port of the same address answers', '同じ IP アドレスの別のポートは応答しています'),
              }
            : {
                cause: 'net.no-route',
                check,
                says: both(
                  `${finding.detail.code} speaks of a prohibition`,
                  `${finding.detail.code} は、禁止されていることを示します`,
                ),
              },
        ),
      })),
    );
  },
  because: ({ host, places, addresses, code }) => {
    const where = placesText(places);
    return both(
      `A firewall forbids the connection to ${host} (${addresses.join(', ')}) port ${portsIn(places)}: the answer was ${code}, although the host can be reached. This concerns ${where.en}.`,
      `${host} (${addresses.join('、')}) のポート ${portsIn(places)} への接続が、ファイアウォールで禁止されています。サーバーには到達できますが、${code} という応答が返ります。影響: ${where.ja}。`,
    );
  },
  steps: ({ host, places }) => {
    const port = places[0]?.port ?? 0;
    return [
      both(
        `Look for the rule that rejects port ${portsIn(places)}: on this machine and on the server with nft list ruleset (or iptables -S), in the cloud in the security group.`,
        `ポート ${portsIn(places)} を拒否している規則を探します。このマシンとサーバーでは nft list ruleset（または iptables -S）、クラウドではセキュリティグループを確認します。`,
      ),
      both(
        `Allow TCP port ${portsIn(places)} from the CRM's host to ${host}.`,
        `CRM のマシンから ${host} への TCP ポート ${portsIn(places)} の通信を許可します。`,
      ),
      both(
        `Verify from the CRM's host: nc -vz ${host} ${port}.`,
        `CRM のマシンから nc -vz ${host} ${port} を実行し、接続できることを確認します。`,
      ),
    ];
  },
});

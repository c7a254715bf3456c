import { defineCause } from '../../src/model/cause.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import type { ClosedDetail } from './closed-finding.ts';
import { closedFinding, portsIn, unlessDeeper } from './closed-finding.ts';
import { closedServices, contactsText } from './contacts.ts';

interface Detail extends ClosedDetail {
  readonly proxy: string;
  readonly says: string;
}

export const proxyRequired = defineCause<Detail>({
  id: 'net.proxy-required',
  title: both(
    'This network lets connections out through its proxy only',
    'このネットワークからは、プロキシを経由しないと外部に接続できません',
  ),
  about: both(
    'Some networks drop direct connections to the outside and let everything pass through a proxy (a go-between, usually for the web). Direct attempts to reach the mail server fail here, while the proxy that this machine is set up with leads to it. Most mail programs and CRMs cannot use an HTTP proxy for mail, so they need an exception or a mail relay inside the network.',
    '外部への直接の通信を遮断し、プロキシ（通信を中継するサーバー。多くは Web 用）だけを通すネットワークがあります。ここからメールサーバーに直接は接続できませんが、このマシンに設定されているプロキシを経由すると到達できます。メールソフトや CRM の多くは、メールの通信に HTTP プロキシを使えないため、例外の設定か、ネットワーク内のメール中継サーバーが必要です。',
  ),
  owner: 'network-admin',
  unless: unlessDeeper,
  explain: (evidence, subject) => {
    const led = closedServices(evidence, subject).flatMap((closed) => {
      const { proxy } = closed.fact;
      return closed.how !== 'refused' && proxy?.kind === 'leads' ? [{ closed, proxy }] : [];
    });
    return grouped(led, ({ closed }) => closed.service.host).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      return closedFinding(
        group.map(({ closed }) => closed),
        0.92,
      ).map((finding) => ({
        ...finding,
        detail: { ...finding.detail, proxy: first.proxy.at, says: first.proxy.says },
        evidence: group.flatMap(({ closed, proxy }) => [
          { check: closed.check, says: contactsText(closed) },
          {
            check: closed.check,
            says: both(
              `through the proxy ${proxy.at} port ${closed.service.port} is reached: "${proxy.says}"`,
              `プロキシ ${proxy.at} を経由すると、ポート ${closed.service.port} に到達します:「${proxy.says}」`,
            ),
          },
        ]),
        ruledOut: [
          {
            cause: 'net.filtered',
            check: first.closed.check,
            says: both(
              'the server takes connections on this port from the proxy of the same network',
              '同じネットワークのプロキシからは、サーバーのこのポートに接続できています',
            ),
          },
        ],
      }));
    });
  },
  because: ({ host, places, addresses, proxy }) => {
    const where = placesText(places);
    return both(
      `No direct connection to ${host} (${addresses.join(', ')}) port ${portsIn(places)} gets through, but the proxy ${proxy} of this machine's environment reaches it. This concerns ${where.en}.`,
      `${host} (${addresses.join('、')}) のポート ${portsIn(places)} に直接は接続できませんが、このマシンの環境変数にあるプロキシ ${proxy} を経由すると到達します。影響: ${where.ja}。`,
    );
  },
  steps: ({ host, places }) => {
    const port = places[0]?.port ?? 0;
    return [
      both(
        `Ask the administrators of the network to let TCP port ${portsIn(places)} from the CRM's host to ${host} pass directly.`,
        `CRM のマシンから ${host} への TCP ポート ${portsIn(places)} の直接の通信を許可するよう、ネットワークの管理者に依頼します。`,
      ),
      both(
        "Or let the CRM use a mail relay inside the network (its host in the CRM's settings).",
        'または、ネットワーク内のメール中継サーバーを使うように、CRM の設定を変更します。',
      ),
      both(
        `Verify from the CRM's host: nc -vz -w 5 ${host} ${port}.`,
        `CRM のマシンから nc -vz -w 5 ${host} ${port} を実行し、接続できることを確認します。`,
      ),
    ];
  },
});

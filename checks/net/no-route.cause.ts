import { defineCause } from '../../src/model/cause.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import type { ClosedDetail } from './closed-finding.ts';
import { closedFinding, unlessDeeper } from './closed-finding.ts';
import { closedServices } from './contacts.ts';

interface Detail extends ClosedDetail {
  readonly hosts: readonly string[];
}

export const noRoute = defineCause<Detail>({
  id: 'net.no-route',
  title: both('No way leads to the server from here', 'サーバーへの通信経路がありません'),
  about: both(
    'This machine, or a router on the way, reports that it knows no route (way through the network) to the address, or that no machine answers to it there. The network is not connected, the route or VPN is missing, or the address is wrong or not in use. The mail server was not reached at all.',
    'このマシンまたは途中のルーターが、その IP アドレスへの経路（ネットワーク上の道筋）がない、またはその IP アドレスのマシンが見つからない、と報告しています。ネットワークが切れている、経路や VPN の設定がない、IP アドレスが間違っているか使われていない、のいずれかです。メールサーバーにはまったく到達していません。',
  ),
  owner: 'network-admin',
  unless: [...unlessDeeper, 'net.proxy-required'],
  explain: (evidence, subject) => {
    const closed = closedServices(evidence, subject).filter(({ how }) => how === 'no-route');
    // Without a route to the network itself, several hosts fail for one reason.
    return grouped(closed, ({ code, service }) => (code === 'ENETUNREACH' ? 'network' : service.host)).flatMap(
      (group) =>
        closedFinding(group, 0.9).map((finding) => ({
          ...finding,
          detail: { ...finding.detail, hosts: [...new Set(group.map(({ service }) => service.host))] },
          ruledOut: finding.evidence.slice(0, 1).map(({ check }) => ({
            cause: 'net.rejected',
            check,
            says: both('no port of the address answers', 'この IP アドレスのどのポートも応答しません'),
          })),
        })),
    );
  },
  because: ({ hosts, places, addresses, code }) => {
    const where = placesText(places);
    const what =
      code === 'EHOSTUNREACH'
        ? both(
            'no machine answers to this address (host unreachable)',
            'その IP アドレスのマシンが見つかりません (host unreachable)',
          )
        : both('there is no route to this network', 'そのネットワークへの経路がありません');
    return both(
      `${hosts.join(', ')} (${addresses.join(', ')}) cannot be reached from here: ${what.en}, ${code}. This concerns ${where.en}.`,
      `${hosts.join('、')} (${addresses.join('、')}) に、ここから到達できません。${what.ja}（${code}）。影響: ${where.ja}。`,
    );
  },
  steps: ({ hosts, addresses }) => {
    const address = addresses[0] ?? '';
    return [
      both(
        `Look for the route: ip route get ${address} (and ip route for the default route).`,
        `ip route get ${address} で経路を確認します（既定の経路は ip route で確認します）。`,
      ),
      both(
        'If it is missing: connect the network or the VPN, or add the route.',
        '経路がない場合は、ネットワークまたは VPN を接続するか、経路を追加します。',
      ),
      both(
        `Check that ${hosts[0] ?? ''} really has the address ${address} (dig ${hosts[0] ?? ''} A) and is switched on.`,
        `${hosts[0] ?? ''} の IP アドレスが本当に ${address} であるか (dig ${hosts[0] ?? ''} A)、サーバーが起動しているかを確認します。`,
      ),
      both(`Verify: tracepath ${address}.`, `確認: tracepath ${address} を実行し、到達できることを確認します。`),
    ];
  },
});

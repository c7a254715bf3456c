import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import type { FamilyDetail } from './family-finding.ts';
import { familyDetour, familyDetourSteps, familyDetourText, familyFindings } from './family-finding.ts';

export const ipv6Broken = defineCause<FamilyDetail>({
  id: 'net.ipv6-broken',
  title: both('The server cannot be reached over IPv6', 'IPv6 でサーバーに接続できません'),
  about: both(
    'The host has addresses of both kinds, IPv4 and IPv6 (the older and the newer form of internet addresses). Over IPv4 it answers, over IPv6 it does not. Programs that try IPv6 first wait for nothing at every connection, up to half a minute, and some never try the other way.',
    'このホストには、IPv4 と IPv6（インターネットの IP アドレスの旧方式と新方式）の両方の IP アドレスがあります。IPv4 では応答しますが、IPv6 では応答しません。IPv6 を先に試すプログラムは、接続のたびに長いときは 30 秒ほど無駄に待ち、IPv4 に切り替えずに失敗するものもあります。',
  ),
  owner: ({ missingHere }) => (missingHere ? 'crm-admin' : 'network-admin'),
  unless: ['net.happy-eyeballs-too-short'],
  explain: (evidence, subject) => familyFindings(6, evidence, subject),
  candidates: (detail, subject) => familyDetour(4, detail, subject),
  because: ({ hosts, places, dead, good, missingHere }, change) => {
    const way = familyDetourText(change);
    const where = placesText(places);
    const here = missingHere
      ? both(' This machine has no IPv6 connection itself.', 'このマシン自体が IPv6 に接続されていません。')
      : both('', '');
    return both(
      `${hosts.join(', ')} answers under ${good.join(', ')}, but not under the IPv6 address ${dead.join(', ')} (${where.en}).${here.en}${way.en}`,
      `${hosts.join('、')} は ${good.join('、')} では応答しますが、IPv6 アドレス ${dead.join('、')} では応答しません（${where.ja}）。${here.ja}${way.ja}`,
    );
  },
  steps: ({ hosts, places, dead, missingHere }, change) => {
    const port = places[0]?.port ?? 0;
    return [
      missingHere
        ? both(
            'Connect this machine to IPv6, or let it prefer IPv4: uncomment "precedence ::ffff:0:0/96 100" in /etc/gai.conf.',
            'このマシンを IPv6 に接続するか、IPv4 を優先させます（/etc/gai.conf の「precedence ::ffff:0:0/96 100」の行を有効にします）。',
          )
        : both(
            `Let the mail service of ${hosts.join(', ')} listen on ${dead.join(', ')} and let the firewalls pass it over IPv6 as over IPv4.`,
            `${hosts.join('、')} のメールサービスが ${dead.join('、')} でも待ち受けるようにし、ファイアウォールで IPv6 も IPv4 と同じように許可します。`,
          ),
      both(
        `If the server has no IPv6 service: let the administrator of the DNS remove the AAAA record of ${hosts.join(', ')}.`,
        `サーバーで IPv6 を使わない場合は、${hosts.join('、')} の AAAA レコードの削除を DNS の管理者に依頼します。`,
      ),
      ...familyDetourSteps(change),
      both(
        `Verify: nc -6 -vz -w 5 ${hosts[0] ?? ''} ${port}.`,
        `確認: nc -6 -vz -w 5 ${hosts[0] ?? ''} ${port} を実行し、接続できることを確認します。`,
      ),
    ];
  },
});

import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import type { FamilyDetail } from './family-finding.ts';
import { familyDetour, familyDetourSteps, familyDetourText, familyFindings } from './family-finding.ts';

export const ipv4Broken = defineCause<FamilyDetail>({
  id: 'net.ipv4-broken',
  title: both('The server cannot be reached over IPv4', 'IPv4 でサーバーに接続できません'),
  about: both(
    'The host has addresses of both kinds, IPv4 and IPv6 (the older and the newer form of internet addresses). Over IPv6 it answers, over IPv4 it does not. Programs and networks that know IPv4 only cannot use the server at all, others lose time at every connection.',
    'このホストには、IPv4 と IPv6（インターネットの IP アドレスの旧方式と新方式）の両方の IP アドレスがあります。IPv6 では応答しますが、IPv4 では応答しません。IPv4 しか使えないプログラムやネットワークからは接続できず、それ以外でも接続のたびに時間がかかります。',
  ),
  owner: ({ missingHere }) => (missingHere ? 'crm-admin' : 'network-admin'),
  unless: ['net.happy-eyeballs-too-short'],
  explain: (evidence, subject) => familyFindings(4, evidence, subject),
  candidates: (detail, subject) => familyDetour(6, detail, subject),
  because: ({ hosts, places, dead, good, missingHere }, change) => {
    const way = familyDetourText(change);
    const where = placesText(places);
    const here = missingHere
      ? both(' This machine has no IPv4 connection itself.', 'このマシン自体が IPv4 に接続されていません。')
      : both('', '');
    return both(
      `${hosts.join(', ')} answers under ${good.join(', ')}, but not under the IPv4 address ${dead.join(', ')} (${where.en}).${here.en}${way.en}`,
      `${hosts.join('、')} は ${good.join('、')} では応答しますが、IPv4 アドレス ${dead.join('、')} では応答しません（${where.ja}）。${here.ja}${way.ja}`,
    );
  },
  steps: ({ hosts, places, dead }, change) => {
    const port = places[0]?.port ?? 0;
    return [
      both(
        `Check that ${dead.join(', ')} is still the address of ${hosts.join(', ')}, and correct the A record if not.`,
        `${dead.join('、')} が現在も ${hosts.join('、')} の IP アドレスか確認し、違う場合は A レコードを修正します。`,
      ),
      both(
        `Let the mail service listen on it and let the firewalls pass it over IPv4 as over IPv6.`,
        'メールサービスがその IP アドレスでも待ち受けるようにし、ファイアウォールで IPv4 も IPv6 と同じように許可します。',
      ),
      ...familyDetourSteps(change),
      both(
        `Verify: nc -4 -vz -w 5 ${hosts[0] ?? ''} ${port}.`,
        `確認: nc -4 -vz -w 5 ${hosts[0] ?? ''} ${port} を実行し、接続できることを確認します。`,
      ),
    ];
  },
});

import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { grouped } from '../auth/grouped.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { placesIn } from '../dns/host-facts.ts';
import { mailTls } from '../mail/tls.check.ts';

interface Detail {
  readonly host: string;
  readonly places: readonly Place[];
  readonly seconds: number;
}

/** The usual answer to a ClientHello is some kilobytes of certificates; that to one without a key share is a hundred bytes. */
const onTheWire = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] => {
  const seen = servicesOf(subject).flatMap((service) => {
    const check = mailTls[service.protocol];
    const fact = evidence.bad(check);
    return fact?.handshake?.kind === 'silent' && fact.smallAnswer === 'answered'
      ? [{ service, check, ms: fact.handshake.ms }]
      : [];
  });
  return grouped(seen, ({ service }) => service.host).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const services = group.map(({ service }) => service);
    return [
      {
        detail: { host: first.service.host, places: placesIn(services), seconds: Math.round(first.ms / 1000) },
        severity: 'critical',
        confidence: 0.88,
        affects: services.map(targetOf),
        evidence: group.flatMap(({ check, ms }) => [
          {
            check,
            says: both(
              `no answer to the ClientHello within ${Math.round(ms / 1000)} s; it would be some kilobytes long`,
              `ClientHello への応答（数キロバイトになるはず）が ${Math.round(ms / 1000)} 秒間届きません`,
            ),
          },
          {
            check,
            says: both(
              'a ClientHello whose answer is small (TLS 1.3 without a key share) is answered at once',
              '応答が小さくて済む ClientHello（鍵共有のない TLS 1.3）には、すぐに応答があります',
            ),
          },
        ]),
        ruledOut: [
          {
            cause: 'net.no-greeting',
            check: first.check,
            says: both(
              "the server's TLS answers, as long as the answer is small",
              'サーバーの TLS は、小さな応答であれば返しています',
            ),
          },
          {
            cause: 'tls.sni-rejected',
            check: first.check,
            says: both(
              'the small answer came for the same server name',
              '小さな応答は、同じサーバー名 (SNI) で返ってきています',
            ),
          },
        ],
      },
    ];
  });
};

export const mtuBlackhole = defineCause<Detail>({
  id: 'net.mtu-blackhole',
  title: both('Large packets are lost on the way', '大きなパケットが通信経路で失われています'),
  about: both(
    'Data travels in packets, and each stretch of the way has a largest size (MTU). A router that cannot pass a packet on has to report so (ICMP "too big"), and the sender then makes smaller ones. Where a firewall drops these reports, large packets vanish without a word: connections open and short commands work, but the certificates of TLS or the text of a message never arrive. VPNs, tunnels and PPPoE lines are the usual places.',
    'データはパケットに分けて送られ、経路の区間ごとに最大サイズ (MTU) があります。通せない大きさのパケットを受け取ったルーターは、その旨を ICMP で送信元に知らせ、送信元は小さく分けて送り直します。この通知がファイアウォールで捨てられると、大きなパケットだけが黙って失われます。接続や短いコマンドは成功するのに、TLS の証明書やメールの本文が届かない、という症状になります。VPN、トンネル、PPPoE の回線でよく起こります。',
  ),
  owner: 'network-admin',
  unless: ['config.malformed-value'],
  explain: (evidence, subject) => onTheWire(evidence, subject),
  because: ({ host, places, seconds }) => {
    const where = placesText(places);
    return both(
      `${host} accepts the connection for ${where.en} and answers in small packets at once, but its certificates, which fill large packets, do not arrive within ${seconds} s: the way loses large packets.`,
      `${host} は ${where.ja} への接続を受け付け、小さなパケットではすぐに応答しますが、大きなパケットになる証明書は ${seconds} 秒待っても届きません。通信経路で大きなパケットが失われています。`,
    );
  },
  steps: ({ host }) => [
    both(
      `Measure the size that passes: ping -M do -s 1400 ${host} on Linux, smaller until it answers; tracepath ${host} names the stretch.`,
      `通過できるサイズを測ります: Linux では ping -M do -s 1400 ${host} を、応答があるまで値を小さくして実行します。tracepath ${host} で区間が分かります。`,
    ),
    both(
      'Let the firewalls on both sides pass ICMP "fragmentation needed" (type 3 code 4) and ICMPv6 "packet too big" (type 2).',
      '両側のファイアウォールで、ICMP の「フラグメントが必要」（タイプ 3 コード 4）と ICMPv6 の「Packet Too Big」（タイプ 2）を許可します。',
    ),
    both(
      'On the VPN, tunnel or PPPoE router, clamp the segment size: nft add rule inet filter forward tcp flags syn tcp option maxseg size set rt mtu.',
      'VPN やトンネル、PPPoE のルーターで、セグメントサイズを制限します: nft add rule inet filter forward tcp flags syn tcp option maxseg size set rt mtu。',
    ),
    both(
      "Until then a smaller MTU on the CRM's host helps: ip link set dev eth0 mtu 1280. Then check again.",
      'それまでは、CRM のマシンの MTU を小さくすると改善します: ip link set dev eth0 mtu 1280。そのあと、もう一度検査します。',
    ),
  ],
});

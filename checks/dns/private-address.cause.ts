import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { mailPort } from '../mail/port.check.ts';
import type { HostView } from './host-facts.ts';
import { hostViews, placesIn } from './host-facts.ts';
import type { SpecialAddress } from './special-addresses.ts';
import { specialAddress } from './special-addresses.ts';

interface Detail {
  readonly host: string;
  readonly addresses: readonly string[];
  readonly kind: SpecialAddress;
  readonly works: boolean;
  readonly places: readonly Place[];
}

/** Names for use inside a network, where such an address is what one expects (RFC 6762, RFC 8375, ICANN's .internal). */
const internalUse = /\.(?:local|internal|lan|intra|intranet|private|corp|home|home\.arpa)\.?$/i;

/** Every address of this service is a special one, and none of them opened. */
const failsForIt = (evidence: Evidence, { protocol }: Service): boolean => {
  const contacts = evidence.bad(mailPort[protocol])?.contacts ?? [];
  return (
    contacts.length > 0 && contacts.every(({ address, connect }) => specialAddress(address) && connect.kind !== 'open')
  );
};

/** Others work, but whoever takes this address does not get through. */
const someDead = (evidence: Evidence, services: readonly Service[]): boolean =>
  services.some(({ protocol }) =>
    (evidence.bad(mailPort[protocol])?.contacts ?? []).some(
      ({ address, connect }) => specialAddress(address) && connect.kind !== 'open',
    ),
  );

const ofHost = (evidence: Evidence, { host, services, check, fact }: HostView): readonly Finding<Detail>[] => {
  if (fact.literal || fact.system.kind === 'failed') return [];
  const used = fact.system.addresses.map(({ address }) => address);
  // Only what the DNS publishes: a line in the hosts file is somebody's own decision.
  const addresses = fact.published
    .map(({ address }) => address)
    .filter((address) => used.includes(address) && specialAddress(address));
  const kind = addresses[0] && specialAddress(addresses[0]);
  if (!kind) return [];
  const failing = services.filter((service) => failsForIt(evidence, service));
  const none = failing.length === services.length;
  if (none && internalUse.test(host)) return [];
  const concerned = none ? services : services.filter((service) => !failing.includes(service));
  return [
    {
      detail: { host, addresses, kind, works: !none, places: placesIn(concerned) },
      severity: none ? 'critical' : someDead(evidence, concerned) ? 'warning' : 'info',
      confidence: none ? 0.85 : 0.95,
      // The name itself resolves: what suffers is who connects to it.
      affects: concerned.map(targetOf),
      evidence: [
        {
          check,
          says: both(
            `the DNS gives ${addresses.join(', ')} for ${host}`,
            `DNS は ${host} に対して ${addresses.join('、')} を返します`,
          ),
        },
      ],
    },
  ];
};

const what: Readonly<Record<SpecialAddress, { readonly en: string; readonly ja: string }>> = {
  loopback: both(
    'a loopback address, which always means the machine itself',
    'ループバックアドレス（常に自分自身のマシンを指す IP アドレス）',
  ),
  unspecified: both(
    'an unspecified address, which means no machine at all',
    '未指定アドレス（どのマシンも指さない IP アドレス）',
  ),
  private: both(
    'a private address, which leads to a server only inside one network',
    'プライベートアドレス（特定のネットワークの中でだけ使える IP アドレス）',
  ),
};

export const privateAddress = defineCause<Detail>({
  id: 'dns.private-address',
  title: both('The public name leads to a private address', '公開の名前が、内部用の IP アドレスを指しています'),
  about: both(
    'The DNS gives an address for this host that has a meaning only inside one machine or network: loopback (127.0.0.1), private (10.x, 172.16-31.x, 192.168.x) or unspecified (0.0.0.0). A client outside of that network reaches nothing there, or a wrong machine. Often an internal DNS entry was published, or a filter answers so to block a name.',
    'このホスト名に対して DNS が返す IP アドレスは、1 台のマシンまたは 1 つのネットワークの中でだけ意味を持つものです（127.0.0.1 などのループバック、10.x や 192.168.x などのプライベート、0.0.0.0 の未指定）。そのネットワークの外からは接続できないか、別のマシンにつながります。社内用の DNS 登録が外部に公開されている場合や、フィルターが名前を遮断するためにこの応答を返している場合があります。',
  ),
  owner: 'dns-admin',
  unless: [
    'config.malformed-value',
    'config.wrong-host',
    'config.wrong-port',
    'dns.hosts-override',
    'dns.split-horizon',
  ],
  explain: (evidence: Evidence, subject: Subject) =>
    hostViews(evidence, subject).flatMap((view) => ofHost(evidence, view)),
  because: ({ host, addresses, kind, works, places }) => {
    const where = placesText(places);
    const shown = addresses.join(', ');
    return works
      ? both(
          `The DNS gives ${shown} for ${host}: ${what[kind].en}. It works from here (${where.en}), but not from another network.`,
          `DNS は ${host} に対して ${shown} を返します。これは${what[kind].ja}です。ここからは接続できますが（${where.ja}）、別のネットワークからは接続できません。`,
        )
      : both(
          `The DNS gives ${shown} for ${host}: ${what[kind].en}. From here nothing answers under it, so ${where.en} cannot be reached.`,
          `DNS は ${host} に対して ${shown} を返します。これは${what[kind].ja}です。ここからはこの IP アドレスで応答がないため、${where.ja} に接続できません。`,
        );
  },
  steps: ({ host, addresses, works }) =>
    works
      ? [
          both(
            `Nothing has to be done as long as the CRM runs in this network.`,
            'CRM がこのネットワーク内で動いている限り、対応は不要です。',
          ),
          both(
            `Run crm-doctor on the CRM's own host if that is another one.`,
            'CRM が別のマシンで動いている場合は、そのマシンで crm-doctor を実行します。',
          ),
        ]
      : [
          both(
            `Find out whether the CRM shall use the server inside the network (then connect this machine to it, for example by VPN) or from outside.`,
            'CRM から、社内ネットワーク経由で使うのか（その場合は VPN などで接続します）、外部から使うのかを決めます。',
          ),
          both(
            `For use from outside: replace ${addresses.join(', ')} by the public address in the A or AAAA record of ${host}.`,
            `外部から使う場合は、${host} の A または AAAA レコードを、${addresses.join('、')} から公開の IP アドレスに変更します。`,
          ),
          both(
            `Compare the answer of another resolver: dig @1.1.1.1 ${host} A. If it differs, a local DNS or filter alters it.`,
            `別のネームサーバーの応答と比べます: dig @1.1.1.1 ${host} A。異なる場合は、手元の DNS またはフィルターが応答を書き換えています。`,
          ),
        ],
});

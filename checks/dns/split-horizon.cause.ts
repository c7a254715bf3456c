import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { mailPort } from '../mail/port.check.ts';
import { openElsewhere } from './elsewhere.ts';
import type { HostView } from './host-facts.ts';
import { hostViews, placesIn } from './host-facts.ts';

interface Detail {
  readonly host: string;
  readonly given: readonly string[];
  readonly server: string;
  readonly right: readonly string[];
  readonly opens: readonly string[];
  readonly places: readonly Place[];
}

const ofHost = (evidence: Evidence, { host, services, check, fact }: HostView): readonly Finding<Detail>[] => {
  // What the hosts file says, the resolver has not said.
  if ((fact.hosts ?? []).length > 0 || fact.system.kind === 'failed') return [];
  const given = fact.system.addresses.map(({ address }) => address);
  const concerned = services.flatMap((service) => {
    const port = evidence.bad(mailPort[service.protocol]);
    const authority = port?.elsewhere?.authority;
    const right = authority?.addresses.map(({ address }) => address) ?? [];
    const opens = openElsewhere(port).filter((address) => right.includes(address));
    return authority && opens.length > 0 ? [{ service, server: authority.server, right, opens }] : [];
  });
  const [first] = concerned;
  if (!first) return [];
  return [
    {
      detail: {
        host,
        given,
        server: first.server,
        right: first.right,
        opens: [...new Set(concerned.flatMap(({ opens }) => opens))],
        places: placesIn(concerned.map(({ service }) => service)),
      },
      severity: 'critical',
      confidence: 0.92,
      affects: concerned.map(({ service }) => targetOf(service)),
      evidence: [
        {
          check,
          says: both(
            `this machine's resolver gives ${given.join(', ')} for ${host}`,
            `このマシンのリゾルバーは ${host} に対して ${given.join('、')} を返します`,
          ),
        },
        ...concerned.map(({ service, server, right, opens }) => ({
          check: mailPort[service.protocol],
          says: both(
            `${server}, a name server of the zone, gives ${right.join(', ')}; port ${service.port} opens at ${opens.join(', ')}`,
            `ゾーンのネームサーバー ${server} は ${right.join('、')} を返し、${opens.join('、')} のポート ${service.port} には接続できます`,
          ),
        })),
      ],
      ruledOut: [
        {
          cause: 'dns.hosts-override',
          check,
          says: both('the hosts file does not name this host', 'hosts ファイルに、このホストの行はありません'),
        },
      ],
    },
  ];
};

export const splitHorizon = defineCause<Detail>({
  id: 'dns.split-horizon',
  title: both(
    "This machine's resolver gives another address than the zone itself",
    'このマシンのリゾルバーが、本来とは異なる IP アドレスを返しています',
  ),
  about: both(
    'A name can have two answers: one inside a network and one outside, given by different name servers ("split horizon"). Here the resolver that this machine asks gives an address that does not answer from here, while the name servers of the domain itself give another one that does. The internal zone is out of date, or this machine asks the resolver of a network that it is not part of.',
    '同じ名前でも、社内と社外で別のネームサーバーが別の答えを返すことがあります（スプリットホライズン）。このマシンが問い合わせるリゾルバー（名前を調べるサーバー）は、ここからは応答のない IP アドレスを返しますが、ドメイン自身のネームサーバーが返す IP アドレスには接続できます。社内用のゾーンが古いか、このマシンが属していないネットワークのリゾルバーを使っています。',
  ),
  owner: 'dns-admin',
  unless: ['config.malformed-value', 'dns.hosts-override'],
  explain: (evidence, subject) => hostViews(evidence, subject).flatMap((view) => ofHost(evidence, view)),
  because: ({ host, given, server, right, opens, places }) => {
    const where = placesText(places);
    return both(
      `For ${host} this machine's resolver gives ${given.join(', ')}, where ${where.en} does not answer. The zone's own name server ${server} gives ${right.join(', ')}, and at ${opens.join(', ')} the port opens.`,
      `このマシンのリゾルバーは ${host} に対して ${given.join('、')} を返しますが、そこでは ${where.ja} が応答しません。ゾーン自身のネームサーバー ${server} は ${right.join('、')} を返し、${opens.join('、')} ではポートが開いています。`,
    );
  },
  steps: ({ host, server, right }) => [
    both(
      `Correct the record of ${host} in the internal zone, or remove it so that the public answer (${right.join(', ')}) holds.`,
      `社内用のゾーンにある ${host} のレコードを修正するか、削除して公開側の値（${right.join('、')}）が使われるようにします。`,
    ),
    both(
      "If this machine does not belong to that network (VPN, office), let it ask another resolver (/etc/resolv.conf, the container's --dns).",
      'このマシンがそのネットワーク（VPN や社内）に属していない場合は、別のリゾルバーを使うようにします（/etc/resolv.conf、コンテナーの --dns）。',
    ),
    both(
      `Verify: dig +short ${host} and dig +short ${host} @${server} must agree, or the connection must work.`,
      `確認: dig +short ${host} と dig +short ${host} @${server} の結果が一致するか、接続できること。`,
    ),
  ],
});

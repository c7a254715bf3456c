import type { Seen } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { DomainDnsFact } from '../../src/model/dns-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { domainDns } from '../mail/dns.check.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { domainFact, hostFact } from './host-facts.ts';

interface Detail {
  readonly domain: string;
  readonly address: string;
  /** Where mail is sent to at present. */
  readonly mx: readonly string[];
  /** Where the CRM fetches it. */
  readonly polled: string;
  readonly how: 'servers-differ' | 'resolver-differs' | 'elsewhere';
  readonly told: readonly string[];
}

/** `aozora.co.jp` of `mx1.mail.aozora.co.jp`: two labels, or three below a second level such as co.jp. */
const organisation = (host: string): string => {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const below =
    /^(?:co|ne|or|ac|go|ad|ed|gr|lg|com|net|org|gov|edu)$/.test(labels.at(-2) ?? '') && labels.at(-1)?.length === 2;
  return labels.slice(below ? -3 : -2).join('.');
};

const setText = (hosts: readonly string[]): string => hosts.toSorted().join(', ');

/** The zone's servers among themselves, or against what the resolver still keeps. */
const disagreement = (fact: DomainDnsFact): Pick<Detail, 'how' | 'told'> | undefined => {
  const zone = fact.zoneMx ?? [];
  const [first] = zone;
  if (!first) return undefined;
  const told = zone.map(({ server, hosts, serial }) => `${server}${serial ? ` (${serial})` : ''}: ${setText(hosts)}`);
  if (zone.some(({ hosts }) => setText(hosts) !== setText(first.hosts))) return { how: 'servers-differ', told };
  const cached = setText(fact.targets.map(({ host }) => host.toLowerCase()));
  return cached === setText(first.hosts) ? undefined : { how: 'resolver-differs', told };
};

/** No MX shares an address or an organisation with where the CRM fetches. */
const elsewhere = (evidence: Evidence, subject: Subject, fact: DomainDnsFact): boolean => {
  const fetching = servicesOf(subject).filter(({ protocol }) => protocol !== 'smtp');
  const addresses = fetching.flatMap(({ protocol }) => {
    const system = hostFact(evidence, protocol)?.system;
    return system?.kind === 'found' ? system.addresses.map(({ address }) => address) : [];
  });
  const own = fetching.map(({ host }) => organisation(host));
  const usable = fact.targets.filter(({ kind }) => kind === 'ok' || kind === 'cname');
  return (
    addresses.length > 0 &&
    usable.length > 0 &&
    usable.every(
      (target) =>
        !own.includes(organisation(target.host)) && !target.addresses.some((address) => addresses.includes(address)),
    )
  );
};

export const mxStale = defineCause<Detail>({
  id: 'dns.mx-stale',
  title: both(
    'The MX still leads mail to another provider',
    'MX レコードが、別のプロバイダー（以前の移行元など）を指しています',
  ),
  about: both(
    'The MX record tells the world which server takes the mail of a domain. After a move to another provider it has to be changed, and for some time resolvers and name servers may still give the old answer. Mail then arrives in the old mailbox, while the CRM looks into the new, empty one.',
    'MX レコードは、ドメイン宛てのメールをどのサーバーが受け取るかを示します。プロバイダーを移行したら変更が必要で、変更後もしばらくは、リゾルバーやネームサーバーが古い値を返すことがあります。その間、メールは古いメールボックスに届き、CRM は新しい空のメールボックスを見ていることになります。',
  ),
  owner: 'dns-admin',
  explain: (evidence, subject) => {
    const trip = evidence.fact(mailRoundTrip);
    if (trip?.sent.kind !== 'accepted' || trip.found || trip.lookupFailed || trip.through === 'none') return [];
    const fact = domainFact(evidence);
    if (!fact?.relevant || fact.targets.length === 0) return [];
    const differs = disagreement(fact);
    if (!differs && !elsewhere(evidence, subject, fact)) return [];
    const mx = fact.targets.map(({ host }) => host);
    const polled = (subject.services.imap ?? subject.services.pop3)?.host ?? '';
    const { how, told } = differs ?? { how: 'elsewhere' as const, told: [] };
    const seen: readonly Seen[] = [
      {
        check: mailRoundTrip,
        says: both(
          'a test message was accepted and did not arrive',
          'テストメールは受け付けられましたが、届きませんでした',
        ),
      },
      {
        check: domainDns,
        says: differs
          ? both(`the name servers say: ${told.join('; ')}`, `ネームサーバーの応答: ${told.join('、')}`)
          : both(
              `the MX is ${mx.join(', ')}, which has neither name nor address in common with ${polled}`,
              `MX は ${mx.join('、')} で、${polled} とは名前も IP アドレスも共通していません`,
            ),
      },
    ];
    return [
      {
        detail: { domain: fact.domain, address: subject.address, mx, polled, how, told },
        severity: 'critical' as const,
        confidence: differs ? 0.88 : 0.7,
        affects: [subject.address, domainDns.target(subject)],
        evidence: seen,
        ruledOut: [
          {
            cause: 'dns.no-mx',
            check: domainDns,
            says: both('the domain has an MX with an address', 'ドメインには、IP アドレスのある MX があります'),
          },
        ],
      },
    ];
  },
  because: ({ domain, address, mx, polled, how, told }) => {
    const why =
      how === 'elsewhere'
        ? both(
            `The MX of ${domain} is ${mx.join(', ')}, another provider's server than ${polled}, where the CRM fetches.`,
            `${domain} の MX は ${mx.join('、')} で、CRM が受信する ${polled} とは別のプロバイダーのサーバーです。`,
          )
        : both(
            `Not everybody gives the same MX for ${domain}: ${told.join('; ')}; the resolver gives ${mx.join(', ')}.`,
            `${domain} の MX の値が一致していません（${told.join('、')}。リゾルバーの値は ${mx.join('、')}）。`,
          );
    return both(
      `${why.en} A test message to ${address} was accepted and did not arrive there.`,
      `${why.ja}${address} 宛てのテストメールは受け付けられましたが、届きませんでした。`,
    );
  },
  steps: ({ domain, polled, how }) => [
    both(
      `Find out which provider shall take the mail of ${domain}, and set the MX to the host that it names.`,
      `${domain} のメールをどのプロバイダーで受け取るかを確認し、そのプロバイダーが案内するホストを MX に設定します。`,
    ),
    how === 'elsewhere'
      ? both(
          `If the present MX is right (a filter service in front, or the move is not done), let the CRM fetch there in place of ${polled}.`,
          `現在の MX が正しい場合（前段のフィルターサービス、移行前など）は、CRM の受信先を ${polled} から変更するか、フィルターの配送先を確認します。`,
        )
      : both(
          'Let all name servers of the zone take over the same version (raise the serial of the SOA, check the zone transfer), and wait for the TTL to run out.',
          'ゾーンのすべてのネームサーバーに同じ内容を反映し（SOA のシリアル値を上げ、ゾーン転送を確認）、TTL の期限が切れるまで待ちます。',
        ),
    both(
      'Look into the old mailbox: mail of the last days lies there.',
      '古いメールボックスを確認します。ここ数日のメールは、そこに届いています。',
    ),
    both(
      `Verify: dig +short ${domain} MX, then crm-doctor mail --send.`,
      `確認: dig +short ${domain} MX のあと、crm-doctor mail --send を実行します。`,
    ),
  ],
});

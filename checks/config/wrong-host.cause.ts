import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { grouped } from '../auth/grouped.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { affectedBy, hostFact, placesIn, replyText, unresolved, whyUnresolved } from '../dns/host-facts.ts';
import { closedService, contactsText } from '../net/contacts.ts';
import { reaches, serves } from '../net/reach.ts';
import { changeWords } from './door-changes.ts';
import type { Hosts } from './host-candidates.ts';
import { hostsFor, sharedHostChanges } from './host-candidates.ts';
import { speaksName, strangerAt, typedFor } from './stranger.ts';

interface Detail {
  readonly host: string;
  /** The name does not resolve, or what it leads to does not serve this. */
  readonly why: 'unknown' | 'no-service';
  readonly places: readonly Place[];
  readonly hosts: Readonly<Partial<Record<Protocol, Hosts>>>;
}

/** A name that has no address for a reason of its own; a zone or resolver that fails says nothing of the name. */
const saysNothingOfTheName = new Set(['server-failure', 'dnssec-bogus', 'resolver-unreachable', 'unclear']);

const noService = (evidence: Evidence, subject: Subject, service: Service) => {
  if (typedFor(evidence, subject, service)) return undefined;
  const closed = closedService(evidence, subject, service);
  if (closed) return { service, check: closed.check, says: contactsText(closed) };
  const stranger = strangerAt(evidence, service);
  if (!stranger) return undefined;
  const name = speaksName[stranger.speaks];
  const says = both(`${name.en} answers: "${stranger.line}"`, `${name.ja}が応答しています:「${stranger.line}」`);
  return { service, check: stranger.check, says };
};

const hostsOf = (evidence: Evidence, subject: Subject, services: readonly Service[]): Detail['hosts'] =>
  Object.fromEntries(services.map((service) => [service.protocol, hostsFor(evidence, subject, service)]));

export const wrongHost = defineCause<Detail>({
  id: 'config.wrong-host',
  title: both('The host name in the settings is not the right one', '設定のホスト名（サーバー名）が違います'),
  about: both(
    'The configured host name (the name of the mail server) does not exist or leads to a machine without this mail service, while another host of the same domain serves it. Usually it is a typing error, the name of a former provider, or the web server entered in place of the mail server. The right host was found from the DNS (the directory of names), and was tried before it is proposed.',
    '設定されているホスト名（メールサーバーの名前）が存在しないか、このメールサービスのないサーバーを指しています。一方、同じドメインの別のホストではサービスが動いています。入力ミス、以前のプロバイダーの名前、メールサーバーの代わりに Web サーバーの名前を入力した、といった場合に起こります。正しいホストは DNS（名前と IP アドレスの対応表）から探し、実際に接続を確認したうえで提案しています。',
  ),
  owner: 'user',
  claim: 'on-proof',
  unless: ['config.malformed-value', 'config.placeholder', 'dns.hosts-override', 'dns.split-horizon'],
  explain: (evidence, subject) => {
    const unknown = unresolved(evidence, subject)
      .filter(({ fact }) => !saysNothingOfTheName.has(whyUnresolved(fact)))
      .map((view) => ({
        detail: {
          host: view.host,
          why: 'unknown' as const,
          places: placesIn(view.services),
          hosts: hostsOf(evidence, subject, view.services),
        },
        severity: 'critical' as const,
        confidence: 0.9,
        affects: affectedBy(view),
        evidence: [{ check: view.check, says: replyText(view.host, 'A', view.fact.a) }],
      }));
    const dead = grouped(
      servicesOf(subject).flatMap((service) => noService(evidence, subject, service) ?? []),
      ({ service }) => service.host,
    ).flatMap((seen) => {
      const [first] = seen;
      if (!first) return [];
      const services = seen.map(({ service }) => service);
      return [
        {
          detail: {
            host: first.service.host,
            why: 'no-service' as const,
            places: placesIn(services),
            hosts: hostsOf(evidence, subject, services),
          },
          severity: 'critical' as const,
          confidence: 0.8,
          affects: services.map(targetOf),
          evidence: seen.map(({ check, says }) => ({ check, says })),
        },
      ];
    });
    return [...unknown, ...dead];
  },
  candidates: ({ hosts }, subject) => sharedHostChanges(hosts, subject),
  works: (trial, subject, { why, hosts }) => {
    const protocols = servicesOf(subject).flatMap(({ protocol }) => (hosts[protocol] ? [protocol] : []));
    // A machine that exists but does not answer may be down for an hour: then only a login shows that another is the right one.
    if (why === 'no-service') return protocols.every((protocol) => serves(trial, subject, protocol));
    return (
      protocols.every((protocol) => hostFact(trial, protocol)?.system.kind !== 'failed') &&
      protocols.some((protocol) => reaches(trial, subject, protocol))
    );
  },
  because: ({ host, why, places }, change) => {
    const where = placesText(places);
    const wrong =
      why === 'unknown'
        ? both(`${host} leads to no server`, `${host} という名前では、サーバーが見つかりません`)
        : both(`the service does not answer at ${where.en}`, `${where.ja} では、このサービスが応答しません`);
    return both(
      `The host of ${where.en} is not the right one: ${wrong.en}, but with ${changeWords(change)} the service of this domain answers.`,
      `${where.ja} のホスト名が正しくありません。${wrong.ja}。${changeWords(change)} に変更すると、このドメインのサービスが応答することを確認しました。`,
    );
  },
  steps: ({ host }, change) => [
    both(
      `Set ${changeWords(change)} in place of ${host}.`,
      `${host} の代わりに、${changeWords(change)} を設定します。`,
    ),
    both('Enter the same host in the mail settings of the CRM.', 'CRM のメール設定にも同じホスト名を入力します。'),
    both(
      'Compare it with the server name in your contract or in the instructions of your provider.',
      '契約書やプロバイダーの案内に記載されたサーバー名と一致しているか確認します。',
    ),
  ],
});

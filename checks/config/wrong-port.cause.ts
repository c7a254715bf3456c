import type { RuledOut } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { mailPort } from '../mail/port.check.ts';
import { protocolName } from '../mail/service.ts';
import { closedService, contactsText } from '../net/contacts.ts';
import { reaches, serves } from '../net/reach.ts';
import { changeWords, otherDoors, throughOtherDoors, toDoor } from './door-changes.ts';
import { awaitsTls, speaksName, strangerAt, typedFor } from './stranger.ts';

interface Detail {
  readonly place: Place;
  readonly seen: Text;
}

const isOpen = (check: AnyCheck): RuledOut => ({
  cause: 'net.refused',
  check,
  says: both('the port is open, and something answers on it', 'ポートは開いており、何かのサービスが応答しています'),
});

/** A firewall on the way drops packets, or says so itself; a refusal comes from the host. */
const fromTheHost = (check: AnyCheck): RuledOut => ({
  cause: 'net.filtered',
  check,
  says: both(
    'the host itself refuses the connection, so the packets do arrive',
    'サーバー自身が接続を拒否しているため、通信は途中で遮断されずに届いています',
  ),
});

const notHere = (evidence: Evidence, subject: Subject, service: Service) => {
  if (typedFor(evidence, subject, service)) return undefined;
  const closed = closedService(evidence, subject, service);
  if (closed) {
    const { check, how } = closed;
    return { check, says: contactsText(closed), ruledOut: how === 'refused' ? [fromTheHost(check)] : [] };
  }
  const stranger = strangerAt(evidence, service);
  if (stranger) {
    const name = speaksName[stranger.speaks];
    const quoted = stranger.line === '' ? both('', '') : both(`: "${stranger.line}"`, `:「${stranger.line}」`);
    return {
      check: stranger.check,
      says: both(`${name.en} answers${quoted.en}`, `${name.ja}が応答しています${quoted.ja}`),
      ruledOut: [isOpen(stranger.check)],
    };
  }
  if (!awaitsTls(evidence, service)) return undefined;
  return {
    check: mailPort[service.protocol],
    says: both('something on this port waits for TLS', 'このポートでは、何かのサービスが TLS の開始を待っています'),
    ruledOut: [isOpen(mailPort[service.protocol])],
  };
};

export const wrongPort = defineCause<Detail>({
  id: 'config.wrong-port',
  title: both('The port in the settings is not the right one', '設定のポート番号が違います'),
  about: both(
    'A port is the number of a door on the server; every mail service has standard ones (SMTP 587 and 465, IMAP 993 and 143, POP3 995 and 110). On the configured port nothing answers, or something else does, while the service answers on another of its standard ports. The other port was tried on a copy of the settings before it is proposed.',
    'ポート番号は、サーバーの入口の番号です。メールサービスごとに標準の番号があります（SMTP は 587 と 465、IMAP は 993 と 143、POP3 は 995 と 110）。設定されたポートでは何も応答しないか、別のサービスが応答していますが、同じサーバーの別の標準ポートでは目的のサービスが応答します。提案するポートは、設定の写しで実際に接続を確認済みです。',
  ),
  owner: 'user',
  claim: 'on-proof',
  unless: ['config.malformed-value', 'net.submission-blocked', 'dns.hosts-override', 'dns.split-horizon'],
  explain: (evidence, subject) =>
    servicesOf(subject).flatMap((service) => {
      const seen = notHere(evidence, subject, service);
      if (!seen) return [];
      const { protocol, host, port } = service;
      const { check, says, ruledOut } = seen;
      return [
        {
          detail: { place: { protocol, host, port }, seen: says },
          severity: 'critical' as const,
          confidence: 0.9,
          affects: [targetOf(service)],
          evidence: [{ check, says }],
          ruledOut,
        },
      ];
    }),
  candidates: ({ place: { protocol } }, subject) => {
    const service = subject.services[protocol];
    if (!service) return [];
    const inClear =
      service.security === 'none'
        ? otherDoors(service)
            .filter(({ security }) => security === 'starttls')
            .map(({ port }) => toDoor(service, subject, { port, security: 'none' }))
        : [];
    return [...throughOtherDoors(service, subject), ...inClear];
  },
  works: (trial, subject, { place: { protocol } }) => {
    // Port 25 of any mail server answers; that it is the door for this account, only the login shows.
    const relay = protocol === 'smtp' && subject.services.smtp?.port === 25;
    return relay ? serves(trial, subject, protocol) : reaches(trial, subject, protocol);
  },
  because: ({ place, seen }, change) => {
    const where = placesText([place]);
    const name = protocolName[place.protocol];
    return both(
      `${name} does not answer at ${place.host} port ${place.port} (${seen.en}). On the same server it answers with ${changeWords(change)}, so the port in the settings is wrong.`,
      `${where.ja} では ${name} が応答しません（${seen.ja}）。同じサーバーで ${changeWords(change)} に変更すると応答するため、ポート番号の設定が誤っています。`,
    );
  },
  steps: ({ place }, change) => [
    both(
      `Set ${changeWords(change)} in place of port ${place.port}.`,
      `ポート ${place.port} を、${changeWords(change)} に変更します。`,
    ),
    both(
      'Set port and encryption together in the mail settings of the CRM; the two belong together.',
      'CRM のメール設定でも、ポート番号と暗号化方式を組で変更します。',
    ),
  ],
});

import type { Cause, Finding, Seen } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Speaks } from '../../src/model/contact-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { doors, servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { mailPort } from '../mail/port.check.ts';
import { protocolName } from '../mail/service.ts';
import { closedService, contactsText } from '../net/contacts.ts';
import { greets, reaches, serves } from '../net/reach.ts';
import { changeWords, throughOtherDoors } from './door-changes.ts';
import type { Hosts } from './host-candidates.ts';
import { hostChanges, hostsFor } from './host-candidates.ts';
import { speaksName, strangerAt, typedFor } from './stranger.ts';

interface Detail {
  readonly place: Place;
  readonly speaks: Speaks;
  readonly line: string;
  /** The wanted service that belongs to this host or port. */
  readonly belongsTo?: Protocol;
  readonly hosts: Hosts;
}

const finding = (
  service: Service,
  seen: readonly Seen[],
  detail: Omit<Detail, 'place'>,
  confidence: number,
): Finding<Detail> => {
  const { protocol, host, port } = service;
  return {
    detail: { place: { protocol, host, port }, ...detail },
    severity: 'critical',
    confidence,
    affects: [targetOf(service)],
    evidence: seen,
  };
};

/** Somebody else answers, or host and port are those of another wanted service. */
const onPort = (evidence: Evidence, subject: Subject, service: Service): readonly Finding<Detail>[] => {
  const stranger = strangerAt(evidence, service);
  const owner = typedFor(evidence, subject, service);
  if (!stranger && !owner) return [];
  const hosts = hostsFor(evidence, subject, service);
  const belongs = owner ? { belongsTo: owner.protocol } : {};
  if (stranger) {
    const name = speaksName[stranger.speaks];
    const says = both(`${name.en} answers: "${stranger.line}"`, `${name.ja}が応答しています:「${stranger.line}」`);
    const { speaks, line, check } = stranger;
    return [
      finding(service, [{ check, says }], { speaks, line, hosts, ...belongs }, speaks === 'unknown' ? 0.75 : 0.93),
    ];
  }
  const check = mailPort[service.protocol];
  const closed = closedService(evidence, subject, service);
  const says = closed
    ? contactsText(closed)
    : both('the port is silent until TLS is spoken', 'TLS で話しかけるまで、何も応答しません');
  return [finding(service, [{ check, says }], { speaks: 'unknown', line: '', hosts, ...belongs }, 0.85)];
};

/** The host is that of another wanted service, which works there, and nothing on it serves this one. */
const onHost = (evidence: Evidence, subject: Subject, service: Service): readonly Finding<Detail>[] => {
  const closed = closedService(evidence, subject, service);
  if (!closed || typedFor(evidence, subject, service)) return [];
  const { protocol, host } = service;
  const owner = servicesOf(subject).find(
    (other) => other.protocol !== protocol && other.host === host && greets(evidence, other.protocol),
  );
  const elsewhere = closed.fact.siblings.some(
    ({ port, connect }) => connect.kind === 'open' && doors[protocol].some((door) => door.port === port),
  );
  if (!owner || elsewhere) return [];
  const seen = [
    { check: closed.check, says: contactsText(closed) },
    {
      check: mailPort[owner.protocol],
      says: both(
        `${protocolName[owner.protocol]} answers on ${host}`,
        `${host} では ${protocolName[owner.protocol]} が応答しています`,
      ),
    },
  ];
  const hosts = hostsFor(evidence, subject, service);
  return [finding(service, seen, { speaks: 'unknown', line: '', belongsTo: owner.protocol, hosts }, 0.85)];
};

const common: Pick<Cause<Detail>, 'id' | 'title' | 'about' | 'because' | 'steps'> = {
  id: 'config.protocol-mismatch',
  title: both('Host or port belong to another service', '別のサービスのホスト名またはポートが設定されています'),
  about: both(
    'Sending (SMTP) and fetching (IMAP or POP3) are services of their own, each with a host and a port (the number of a door on the server). Here the values of one were entered for the other, or a program that is no mail server answers on the configured port. The first line that a server sends shows which protocol (language) it speaks.',
    '送信 (SMTP) と受信（IMAP、POP3）は別々のサービスで、それぞれにホスト名とポート番号（サーバーの入口の番号）があります。ここでは、一方の値がもう一方に設定されているか、設定されたポートでメールサーバーではないプログラムが応答しています。サーバーが最初に送る 1 行を見ると、どのプロトコル（通信の取り決め）で話しているかが分かります。',
  ),
  because: ({ place, speaks, line, belongsTo }, change) => {
    const where = placesText([place]);
    const name = protocolName[place.protocol];
    const owner = belongsTo && protocolName[belongsTo];
    const says =
      speaks === 'unknown' && line === ''
        ? both(`no ${name} server answers there`, `そこでは ${name} サーバーが応答しません`)
        : both(
            `${speaksName[speaks].en} answers there with "${line}"`,
            `そこでは、${speaksName[speaks].ja}が「${line}」と応答しています`,
          );
    const root = owner
      ? both(`The value belongs to ${owner}.`, `これは ${owner} 用の値です。`)
      : both(
          'This port does not belong to the mail service.',
          'このポートは、目的のメールサービスのものではありません。',
        );
    const proven =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} ${name} answers.`,
            `${changeWords(change)} に変更すると、${name} が応答することを確認しました。`,
          )
        : both('', '');
    return both(
      `The settings look for ${name} at ${place.host}:${place.port}, but ${says.en}. ${root.en}${proven.en}`,
      `${where.ja} を設定していますが、${says.ja}。${root.ja}${proven.ja}`,
    );
  },
  steps: ({ place }, change) => {
    const name = protocolName[place.protocol];
    const usual = doors[place.protocol].map(({ port, security }) => `${port} (${security})`);
    return [
      change.length > 0
        ? both(`Set ${changeWords(change)}.`, `${changeWords(change)} に変更します。`)
        : both(
            `Look up host and port of ${name} in your provider's instructions; usual are ${usual.join(', ')}.`,
            `プロバイダーの案内で ${name} のホスト名とポート番号を確認します。一般的な番号は ${usual.join('、')} です。`,
          ),
      both(
        `Check in the CRM that the values for sending and for fetching are not exchanged.`,
        'CRM で、送信サーバーと受信サーバーの値が入れ替わっていないか確認します。',
      ),
    ];
  },
};

/** Another protocol was seen: that stands, whether or not a better port is found. */
export const protocolMismatch = defineCause<Detail>({
  ...common,
  owner: 'user',
  unless: ['config.malformed-value', 'config.security-mismatch', 'config.wrong-port', 'config.wrong-host'],
  explain: (evidence, subject) => servicesOf(subject).flatMap((service) => onPort(evidence, subject, service)),
  candidates: ({ place: { protocol }, hosts }, subject) => {
    const service = subject.services[protocol];
    return service ? [...throughOtherDoors(service, subject), ...hostChanges(hosts, service, subject)] : [];
  },
  works: (trial, subject, { place: { protocol } }) => reaches(trial, subject, protocol),
});

/** Nothing but the shared host speaks for it, as with every mailbox on one server: only a host that works shows it. */
export const protocolMismatchOfHost = defineCause<Detail>({
  ...common,
  owner: 'user',
  claim: 'on-proof',
  unless: ['config.malformed-value', 'config.placeholder'],
  explain: (evidence, subject) => servicesOf(subject).flatMap((service) => onHost(evidence, subject, service)),
  candidates: ({ place: { protocol }, hosts }, subject) => {
    const service = subject.services[protocol];
    return service ? hostChanges(hosts, service, subject) : [];
  },
  works: (trial, subject, { place: { protocol } }) => serves(trial, subject, protocol),
});

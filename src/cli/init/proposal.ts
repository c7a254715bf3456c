import { isAbsolute, relative } from 'node:path';
import type { NewConfig, NewOAuth, NewPassword } from '../../config/new-config.ts';
import type { MailConfig, Protocol } from '../../model/config.ts';
import { protocols } from '../../model/config.ts';
import type { Service, Subject } from '../../model/mailbox.ts';
import { logsIn, servicesOf, targetOf } from '../../model/mailbox.ts';
import type { InitReport, Report } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Detected, TriedDoor } from '../detection.ts';
import { chosenDoor } from '../detection.ts';
import { groundWords } from '../grounds.ts';

/** One service of the proposal, and how far it was seen to work. */
export interface Proposed {
  readonly service: Service;
  /** proven: the login was accepted; reached: TLS stands, no login was made; failed: it was seen not to work. */
  readonly state: 'proven' | 'reached' | 'failed';
  readonly says: string;
  readonly from: Text;
}

const good = (status: string | undefined): boolean => status === 'pass' || status === 'warn';

/** How far one service came in a run, by its own checks. */
const stateOf = (report: Report, service: Service): Pick<Proposed, 'state' | 'says'> => {
  const target = targetOf(service);
  const of = (id: string) => report.checks.find((check) => check.id === id && check.target === target);
  const [port, tls, login] = [of('mail.port'), of('mail.tls'), of(`mail.${service.protocol}-auth`)];
  const bad = [port, tls, login].find((check) => check?.status === 'fail' || check?.status === 'error');
  if (bad || !good(port?.status) || !good(tls?.status)) {
    const cause = report.diagnoses.find(({ severity, affects }) => severity === 'critical' && affects.includes(target));
    return { state: 'failed', says: cause?.title ?? bad?.summary ?? tls?.summary ?? port?.summary ?? '' };
  }
  if (logsIn(service) && good(login?.status)) return { state: 'proven', says: login?.summary ?? '' };
  return { state: 'reached', says: login?.summary ?? tls?.summary ?? '' };
};

/** Every service of a subject after its last run. */
export const proposedIn = (
  report: Report,
  subject: Subject,
  grounds: Readonly<Partial<Record<Protocol, Text>>>,
): readonly Proposed[] =>
  servicesOf(subject).map((service) => ({
    service,
    ...stateOf(report, service),
    from: grounds[service.protocol] ?? { en: 'tried', ja: '試行' },
  }));

/** What was chosen for a protocol, whose names go with it. */
export const chosenIn = ({ tried }: Detected): Readonly<Partial<Record<Protocol, TriedDoor>>> => {
  const [smtp, imap, pop3] = [chosenDoor(tried.smtp), chosenDoor(tried.imap), chosenDoor(tried.pop3)];
  return {
    ...(smtp ? { smtp } : {}),
    ...(imap ? { imap } : {}),
    // POP3 takes messages away; where IMAP answers it is not what a CRM should use.
    ...(pop3 && !imap ? { pop3 } : {}),
  };
};

/** What nobody has seen to answer, for those who insist: the door with the best ground. */
export const insistedIn = (
  { tried }: Detected,
  chosen: Readonly<Partial<Record<Protocol, TriedDoor>>>,
): Readonly<Partial<Record<Protocol, TriedDoor>>> => {
  const incoming = chosen.imap ?? chosen.pop3;
  const [smtp, imap] = [chosen.smtp ?? tried.smtp[0], incoming ? undefined : (tried.imap[0] ?? undefined)];
  return { ...chosen, ...(smtp ? { smtp } : {}), ...(imap ? { imap } : {}) };
};

export const groundsOf = (
  chosen: Readonly<Partial<Record<Protocol, TriedDoor>>>,
): Readonly<Partial<Record<Protocol, Text>>> =>
  Object.fromEntries(protocols.flatMap((one) => (chosen[one] ? [[one, groundWords[chosen[one].door.from]]] : [])));

/** One name for all where the sources agree on one, else each service its own. */
export const loginNames = (
  chosen: Readonly<Partial<Record<Protocol, TriedDoor>>>,
  address: string,
): { readonly all?: string; readonly each: Readonly<Partial<Record<Protocol, string>>> } => {
  const doors = protocols.flatMap((one) => (chosen[one] ? [[one, chosen[one].door.username ?? address] as const] : []));
  const names = new Set(doors.map(([, name]) => name));
  const [first] = names;
  if (names.size <= 1) return first === undefined || first === address ? { each: {} } : { all: first, each: {} };
  return { each: Object.fromEntries(doors.filter(([, name]) => name !== address)) };
};

const doorWords = ({ host, port }: Service): string => `${host}:${port}`;

const seen = (day: string, { state, from, says, service }: Proposed): Text => {
  const { en, ja } = from;
  switch (state) {
    case 'proven':
      return {
        en: `${en}; connection, TLS and login were seen to work on ${day}`,
        ja: `${ja}。${day} に接続、TLS、ログインを確認`,
      };
    case 'reached':
      return {
        en: `${en}; connection and TLS were seen to work on ${day}, the login was not tried`,
        ja: `${ja}。${day} に接続と TLS を確認（ログインは未確認）`,
      };
    case 'failed':
      return {
        en: `NOT PROVEN (written by --force): ${doorWords(service)}: ${says}`,
        ja: `動作を確認できていません（--force による書き込み）: ${doorWords(service)}: ${says}`,
      };
  }
};

export interface ProposalParts {
  readonly config: MailConfig;
  readonly proposed: readonly Proposed[];
  readonly password?: NewPassword;
  readonly oauth?: NewOAuth;
  /** The folder that paths in the file are relative to. */
  readonly folder: string;
  readonly at: string;
  readonly notes: readonly Text[];
}

/** A path as it stands in a file of that folder. */
export const pathIn = (folder: string, file: string): string => {
  const short = relative(folder, file);
  return short === '' || isAbsolute(short) ? file : short.startsWith('..') ? short : `./${short}`;
};

/** What a configuration file would hold of a mailbox as it was last tried. */
export const newConfigOf = ({ config, proposed, password, oauth, folder, at, notes }: ProposalParts): NewConfig => {
  const { address, username, from, ehlo, family, ca, trust, as, asVersion, dkimSelector } = config;
  const day = at.slice(0, 10);
  const services = proposed.map((one): NewConfig['services'][number] => {
    const { protocol, host, port, security } = one.service;
    const own = config[protocol];
    return {
      protocol,
      host,
      port,
      security,
      ...(own?.username === undefined ? {} : { username: own.username }),
      ...(own?.folder === undefined ? {} : { folder: own.folder }),
      ground: seen(day, one),
    };
  });
  return {
    address,
    ...(username === undefined ? {} : { username }),
    ...(password ? { password } : {}),
    ...(oauth === undefined ? {} : { oauth }),
    ...(from === undefined ? {} : { from }),
    ...(ehlo === undefined ? {} : { ehlo }),
    ...(family === undefined ? {} : { family }),
    ...(ca === undefined ? {} : { ca: pathIn(folder, ca) }),
    ...(trust === undefined ? {} : { trust: trust === 'none' ? trust : pathIn(folder, trust) }),
    ...(as === undefined ? {} : { as }),
    ...(asVersion === undefined ? {} : { asVersion }),
    ...(dkimSelector === undefined ? {} : { dkimSelector }),
    services,
    at,
    notes,
  };
};

/** The part of the report that only this command has. */
export const initReport = (
  {
    detected,
    proposed,
    written,
    file,
    config,
  }: {
    readonly detected: Detected;
    readonly proposed: readonly Proposed[];
    readonly written: readonly Proposed[];
    readonly file?: string;
    readonly config?: string;
  },
  language: Language,
): InitReport => {
  const { provider, answers, tried } = detected;
  return {
    ...(file === undefined ? {} : { file }),
    ...(provider
      ? {
          provider: {
            id: provider.provider.id,
            name: provider.provider.name[language],
            ...(provider.server === undefined ? {} : { server: provider.server }),
            login: provider.provider.login,
            ...(provider.provider.note ? { note: provider.provider.note[language] } : {}),
            asOf: provider.provider.asOf,
          },
        }
      : {}),
    services: proposed.map((one) => ({
      protocol: one.service.protocol,
      host: one.service.host,
      port: one.service.port,
      security: one.service.security,
      username: one.service.username,
      from: one.from[language],
      state: one.state,
      says: one.says,
      written: written.includes(one),
    })),
    tried: protocols.flatMap((protocol) =>
      tried[protocol].map(({ door, state, says }) => ({
        protocol,
        host: door.host,
        port: door.port,
        security: door.security,
        from: door.from,
        state,
        says: says[language],
      })),
    ),
    asked: answers.map(({ how, url, verified, result }) => ({ how, url, verified, result: result.kind })),
    ...(config === undefined ? {} : { config }),
  };
};

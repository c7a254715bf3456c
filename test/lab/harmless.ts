import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readIfThere } from './processes.ts';
import type { ScriptedCount } from './scripted.ts';

/** The ways in which a password is known to get out. */
export const disguises = (password: string, logins: readonly string[]): readonly (readonly [string, string])[] => {
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
  const hex = Buffer.from(password, 'utf8').toString('hex');
  const urlBase64 = (text: string): string => base64(text).replaceAll('+', '-').replaceAll('/', '_');
  const plain = logins.flatMap((login) => [
    ['AUTH PLAIN', base64(`\0${login}\0${password}`)] as const,
    ['AUTH PLAIN with authorisation name', base64(`${login}\0${login}\0${password}`)] as const,
  ]);
  const basic = logins.map((login) => ['HTTP Basic', base64(`${login}:${password}`)] as const);
  const bearer = logins.map(
    (login) => ['XOAUTH2', base64(`user=${login}\x01auth=Bearer ${password}\x01\x01`).slice(0, 200)] as const,
  );
  return [
    ['plain', password],
    ['base64', base64(password)],
    ['base64url', urlBase64(password)],
    ['JSON', JSON.stringify(password).slice(1, -1)],
    ['URL', encodeURIComponent(password)],
    ['hexadecimal', hex],
    ['hexadecimal, reversed', [...hex].reverse().join('')],
    ['reversed', [...password].reverse().join('')],
    ['XML', password.replaceAll('&', '&amp;')],
    ...plain,
    ...basic,
    ...bearer,
  ];
};

const filesBelow = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(dir, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false);

/** Where a secret shows, as `FORM in PLACE`; texts and every file below a directory are searched. */
export const secretsSeen = (
  password: string,
  logins: readonly string[],
  where: { readonly texts: Readonly<Record<string, string>>; readonly dir: string; readonly except: readonly string[] },
): readonly string[] => {
  const places: (readonly [string, string])[] = Object.entries(where.texts);
  for (const file of filesBelow(where.dir)) {
    if (where.except.includes(path.basename(file))) continue;
    places.push([path.relative(where.dir, file), readFileSync(file, 'latin1')]);
  }
  const forms = disguises(password, logins);
  return places.flatMap(([place, text]) =>
    forms.filter(([, form]) => text.includes(form)).map(([name]) => `${name} in ${place}`),
  );
};

type Counts = Record<string, number>;

const add = (counts: Counts, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/**
 * Refused logins of real servers, by protocol and login name. Dovecot decides them all; its auth log names a session
 * for IMAP and POP3, and none where Postfix asked.
 */
const refusedByDovecot = (log: string, counts: Counts): void => {
  const service = new Map<string, string>();
  for (const line of log.split('\n')) {
    const [, protocol, session] = /client in: AUTH\t\d+\t\S+\tservice=(\w+).*?\tsession=([^\s]+)/.exec(line) ?? [];
    if (protocol && session) service.set(session, protocol);
    const [, login, seen] =
      /passwd-file\(([^,)]*),[^,)]*(?:,<([^>]*)>)?\): (?:Password mismatch|unknown user|Plaintext|User is disabled)/i.exec(
        line,
      ) ?? [];
    if (login) add(counts, `${seen ? (service.get(seen) ?? 'imap') : 'smtp'} ${login}`);
    const [, user, session2] = /oauth2\(([^,)]*)[^)<]*(?:<([^>]*)>)?\): (?:oauth2 failed)/i.exec(line) ?? [];
    if (user) add(counts, `${session2 ? (service.get(session2) ?? 'imap') : 'smtp'} ${user}`);
  }
};

const refusedByExim = (log: string, counts: Counts): void => {
  for (const [, login] of log.matchAll(/ authenticator failed for .*: 535 .*\(set_id=([^)]*)\)/g)) {
    add(counts, `smtp ${login}`);
  }
};

// authdaemond names the service, the login process then the login; the refusals of both come in the same order.
const refusedByCourier = (log: string, counts: Counts): void => {
  const services: string[] = [];
  let asked = '';
  for (const [, request, refused, login] of log.matchAll(
    /received auth request, service=(\w+)|(all modules rejected)|LOGIN FAILED, user=([^,]*),/g,
  )) {
    if (request) asked = request;
    if (refused) services.push(asked);
    // Without authdaemond nobody has looked at the password.
    const service = login && services.shift();
    if (service) add(counts, `${service} ${login}`);
  }
};

const refusedByCyrus = (log: string, counts: Counts): void => {
  for (const [, port, login] of log.matchAll(
    /cyrus\/p(\d+)x\d+\[\d+\]: badlogin: .*? plaintext \(([^)]*)\) \[SASL\(-(?:13|20)\)/g,
  )) {
    add(counts, `${port === '110' || port === '995' ? 'pop3' : 'imap'} ${login}`);
  }
};

// Request Tracker writes nothing of a token.
const refusedByRt = (log: string, counts: Counts): void => {
  for (const [, login] of log.matchAll(/\]: Failed login for (\S+) \(/g)) add(counts, `crm ${login}`);
};

const refusedByTryton = (log: string, counts: Counts): void => {
  for (const [, login] of log.matchAll(/ trytond\.security login failed for '([^']*)'/g)) add(counts, `crm ${login}`);
};

/** Files of the servers that stood in a case: their logs, and what the scripted ones counted. */
export interface Logs {
  readonly dovecot: string;
  readonly postfix: string;
  readonly exim: string;
  readonly opensmtpd: string;
  readonly courier: string;
  readonly cyrus: string;
  readonly rt: string;
  readonly tryton: string;
  readonly scripted: string;
}

export const refusedLogins = (logs: Logs): Counts => {
  const counts: Counts = {};
  refusedByDovecot(readIfThere(logs.dovecot), counts);
  refusedByExim(readIfThere(logs.exim), counts);
  refusedByCourier(readIfThere(logs.courier), counts);
  refusedByCyrus(readIfThere(logs.cyrus), counts);
  refusedByRt(readIfThere(logs.rt), counts);
  refusedByTryton(readIfThere(logs.tryton), counts);
  for (const server of readCounts(logs.scripted)) {
    for (const [login, times] of Object.entries(server.refused)) {
      const key = `${server.protocol} ${login}`;
      counts[key] = (counts[key] ?? 0) + times;
    }
  }
  return counts;
};

export const readCounts = (file: string): readonly ScriptedCount[] => {
  const text = readIfThere(file);
  // Written by our own agent.
  return text ? (JSON.parse(text) as readonly ScriptedCount[]) : [];
};

/** By Message-ID, since one that is forwarded or waits is queued several times; a bounce has no sender. */
const sentByPostfix = (log: string): number => {
  const messageIds = new Map(
    [...log.matchAll(/postfix\/cleanup\[\d+\]: (\w+): message-id=(\S+)/g)].map(([, id, messageId]) => [id, messageId]),
  );
  const queued = [...log.matchAll(/postfix\/qmgr\[\d+\]: (\w+): from=<[^>]+>, size=\d+/g)];
  return new Set(queued.map(([, id]) => messageIds.get(id) ?? id)).size;
};

/** Messages that were sent: what a real server queued, and what scripted ones took. */
export const messagesSent = (logs: Logs): number =>
  sentByPostfix(readIfThere(logs.postfix)) +
  [...readIfThere(logs.opensmtpd).matchAll(/ smtp message msgid=\S+ /g)].length +
  [...readIfThere(logs.exim).matchAll(/ <= [^<\s]\S* /g)].length +
  readCounts(logs.scripted).reduce((sum, { messages }) => sum + messages, 0);

/** Messages that lie in a mail store, in all folders: Maildirs, or the numbered files of Cyrus. */
export const messagesLeft = (store: string): number =>
  existsSync(store) ? filesBelow(store).filter((file) => /\/(cur|new)\/[^/]+$|\/\d+\.$/.test(file)).length : 0;

import type { BackupPlace } from '../model/backup-facts.ts';
import type { SecretRef } from '../model/config.ts';
import type { CrmAnswers, CrmQuestion } from '../model/crm/answers.ts';
import type { CrmReply } from '../model/crm/failure.ts';
import type { CrmReach, ReachDepth } from '../model/crm/reach.ts';
import type { CrmSubject } from '../model/crm/subject.ts';
import type { DiscoveryAnswer, DiscoveryQuestion } from '../model/discovery-facts.ts';
import type { HttpQuestion, HttpReply } from '../model/http-facts.ts';
import type { LoggedLine, LogSearch, LogsFact, TextCause } from '../model/log-facts.ts';
import type { Service, Subject } from '../model/mailbox.ts';
import type { VersionTable } from '../model/version-facts.ts';
import type { CrmProduct, Mail, Remembered, SecretShape, World } from '../model/world.ts';

/**
 * Everything that a run was told by the world, as plain JSON: with it the same run can be diagnosed again elsewhere,
 * trials included. It holds facts only, and facts hold no secrets.
 */
export interface Recording {
  readonly schema: 'crm-doctor/evidence/v1';
  /** RFC 3339 */
  readonly at: string;
  readonly answers: Readonly<Record<string, unknown>>;
}

const serviceKey = (service: Service): string => {
  const {
    protocol,
    host,
    port,
    security,
    username,
    password,
    oauth,
    folder,
    as,
    ehlo,
    family,
    asVersion,
    sni,
    trust,
    clientCertificate,
    mechanism,
  } = service;
  const more = JSON.stringify({ ehlo, family, oauth, asVersion, sni, trust, clientCertificate, mechanism });
  const key = JSON.stringify([protocol, host, port, security, username, password?.secret ?? null, folder, as]);
  // Recordings from before these settings existed are read as well.
  return more === '{}' ? key : `${key} ${more}`;
};

type QueryOptions = Parameters<World['dns']['query']>[3];
const keys = {
  lookup: (host: string) => `lookup ${host}`,
  query: (name: string, type: string, options: QueryOptions = {}) =>
    `query ${name} ${type}${options.checkingDisabled ? ' cd' : ''}${options.server === undefined ? '' : ` @${options.server}`}`,
  hosts: (host: string) => `hosts ${host}`,
  service: (method: string, service: Service, subject: Subject) =>
    `${method} ${serviceKey(service)} ${subject.from} ${subject.address}`,
  roundTrip: (subject: Subject) => `roundTrip ${JSON.stringify(subject.services)} ${subject.from} ${subject.address}`,
  http: ({ url, method = 'GET', body = '' }: HttpQuestion) => `http ${method} ${url} ${body}`,
  discovery: (how: string, { address, mx, ispdb = false }: DiscoveryQuestion) =>
    `${how} ${address} ${mx.join(',')} ${ispdb}`,
  lastGood: (check: string, mailbox: string, target: string) => `lastGood ${check} ${mailbox} ${target}`,
  last: (check: string, mailbox: string, target: string) => `last ${check} ${mailbox} ${target}`,
  // Without `since`, which hangs on the clock.
  logs: ({ files, about }: LogSearch) => `logs ${JSON.stringify([files, about])}`,
  // The lines themselves are in the recording already, as the answer that they came with.
  sift: (lines: readonly LoggedLine[]) => `sift ${JSON.stringify(lines.at(-1) ?? null)} ${lines.length}`,
  causesOf: (texts: readonly string[]) => `causesOf ${JSON.stringify(texts)}`,
  crm: ({ path }: CrmSubject, question: CrmQuestion) => `crm ${path} ${question}`,
  reach: ({ path }: CrmSubject, depth: ReachDepth) => `reach ${path} ${depth}`,
  product: (type: string) => `product ${type}`,
  backups: (path: string) => `backups ${path}`,
  versions: (file: string) => `versions ${file}`,
  shape: (ref: SecretRef) => `shape ${ref.secret}`,
};

type ServiceMethod = Exclude<keyof Mail, 'roundTrip' | 'finished'>;

const throughMail = (ask: <Answer>(key: string, live: () => Promise<Answer>) => Promise<Answer>, mail: Mail): Mail => {
  const method = <Name extends ServiceMethod>(name: Name): Mail[Name] =>
    // Each method keeps its own answer type: the key holds the method's name.
    ((service: Service, subject: Subject, signal: AbortSignal) =>
      ask(keys.service(name, service, subject), async () => mail[name](service, subject, signal))) as Mail[Name];
  return {
    port: method('port'),
    tls: method('tls'),
    smtpLogin: method('smtpLogin'),
    imapLogin: method('imapLogin'),
    imapQuota: method('imapQuota'),
    pop3Login: method('pop3Login'),
    roundTrip: (subject, signal) => ask(keys.roundTrip(subject), () => mail.roundTrip(subject, signal)),
    ...(mail.finished ? { finished: mail.finished } : {}),
  };
};

/** The parts of a recording that another machine has made; nothing where it is none. */
export const recordingIn = (value: unknown): Partial<Recording> => {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('answers' in value)) return {};
  const { at, answers } = value;
  if (typeof at !== 'string' || typeof answers !== 'object' || answers === null) return {};
  return { at, answers: { ...answers } };
};

/** A world that remembers what it answered. */
export interface Recorder {
  readonly world: World;
  readonly taken: () => Recording;
  /** The same world for one of many subjects: what it answered stays only if it is kept. */
  readonly part: () => { readonly world: World; readonly keep: () => void };
}

/** The same world, which also remembers what it answered. */
export const recording = (world: World): Recorder => {
  const at = world.clock.now().toISOString();
  const answers: Record<string, unknown> = {};
  return {
    world: recordingInto(world, answers),
    taken: () => ({ schema: 'crm-doctor/evidence/v1', at, answers }),
    part: () => {
      const own: Record<string, unknown> = {};
      return { world: recordingInto(world, own), keep: () => void Object.assign(answers, own) };
    },
  };
};

const recordingInto = (world: World, answers: Record<string, unknown>): World => {
  const ask = async <Answer>(key: string, live: () => Promise<Answer>): Promise<Answer> => {
    const answer = await live();
    answers[key] = answer;
    return answer;
  };
  // Null, because JSON has no undefined.
  const remember = async (key: string, live: () => Promise<Remembered | undefined>): Promise<Remembered | undefined> =>
    (await ask(key, async () => (await live()) ?? null)) ?? undefined;
  return {
    clock: world.clock,
    dns: {
      lookup: (host, signal) => ask(keys.lookup(host), () => world.dns.lookup(host, signal)),
      query: (name, type, signal, options) =>
        ask(keys.query(name, type, options), () => world.dns.query(name, type, signal, options)),
      hosts: (host) => ask(keys.hosts(host), () => world.dns.hosts(host)),
    },
    mail: throughMail(ask, world.mail),
    http: {
      ask: (question, signal) => ask<HttpReply>(keys.http(question), () => world.http.ask(question, signal)),
    },
    crm: {
      product: async (type) =>
        (await ask(keys.product(type), async () => (await world.crm.product(type)) ?? null)) ?? undefined,
      ask: (subject, question, signal) =>
        ask(keys.crm(subject, question), () => world.crm.ask(subject, question, signal)),
      reach: (subject, depth, signal) =>
        ask<CrmReach>(keys.reach(subject, depth), () => world.crm.reach(subject, depth, signal)),
    },
    discovery: {
      autoconfig: (question, limitMs, signal) =>
        ask<readonly DiscoveryAnswer[]>(keys.discovery('autoconfig', question), () =>
          world.discovery.autoconfig(question, limitMs, signal),
        ),
      autodiscover: (question, limitMs, signal) =>
        ask<readonly DiscoveryAnswer[]>(keys.discovery('autodiscover', question), () =>
          world.discovery.autodiscover(question, limitMs, signal),
        ),
    },
    history: {
      lastGood: (...asked) => remember(keys.lastGood(...asked), () => world.history.lastGood(...asked)),
      last: (...asked) => remember(keys.last(...asked), () => world.history.last(...asked)),
    },
    logs: {
      read: (search, signal) => ask<LogsFact>(keys.logs(search), () => world.logs.read(search, signal)),
      sift: (lines, since) => ask<LogsFact>(keys.sift(lines), () => world.logs.sift(lines, since)),
      causesOf: (texts) => ask<readonly (TextCause | null)[]>(keys.causesOf(texts), () => world.logs.causesOf(texts)),
    },
    backups: {
      look: (path, signal) => ask<BackupPlace>(keys.backups(path), () => world.backups.look(path, signal)),
    },
    versions: { table: (file) => ask<VersionTable>(keys.versions(file), () => world.versions.table(file)) },
    secrets: {
      shape: (ref) => {
        const shape = world.secrets.shape(ref);
        answers[keys.shape(ref)] = shape;
        return shape;
      },
    },
  };
};

/** What was not asked when the recording was made cannot be answered now. */
export class NotRecorded extends Error {
  constructor(key: string) {
    super(`not in the recording: ${key.split(' ')[0]}`);
    this.name = 'NotRecorded';
  }
}

/** A world that answers from a recording and touches nothing. */
export const replaying = ({ at, answers }: Recording): World => {
  const told = <Answer>(key: string): Answer => {
    if (!Object.hasOwn(answers, key)) throw new NotRecorded(key);
    // The recording was written by `recording` with the same keys.
    return answers[key] as Answer;
  };
  const ask = async <Answer>(key: string): Promise<Answer> => told<Answer>(key);
  // A recording that did not ask for an earlier run has no memory of one.
  const remembered = async (key: string): Promise<Remembered | undefined> =>
    Object.hasOwn(answers, key) ? (told<Remembered | null>(key) ?? undefined) : undefined;
  const nobody: Mail = {
    port: () => Promise.reject(new Error('offline')),
    tls: () => Promise.reject(new Error('offline')),
    smtpLogin: () => Promise.reject(new Error('offline')),
    imapLogin: () => Promise.reject(new Error('offline')),
    imapQuota: () => Promise.reject(new Error('offline')),
    pop3Login: () => Promise.reject(new Error('offline')),
    roundTrip: () => Promise.reject(new Error('offline')),
  };
  return {
    clock: { now: () => new Date(at) },
    dns: {
      lookup: (host) => ask(keys.lookup(host)),
      query: (name, type, _signal, options) => ask(keys.query(name, type, options)),
      hosts: (host) => ask(keys.hosts(host)),
    },
    mail: throughMail((key) => ask(key), nobody),
    http: { ask: (question) => ask(keys.http(question)) },
    crm: {
      product: async (type) => told<CrmProduct | null>(keys.product(type)) ?? undefined,
      ask: <Question extends CrmQuestion>(subject: CrmSubject, question: Question) =>
        ask<CrmReply<CrmAnswers[Question]>>(keys.crm(subject, question)),
      reach: (subject, depth) => ask(keys.reach(subject, depth)),
    },
    discovery: {
      autoconfig: (question) => ask(keys.discovery('autoconfig', question)),
      autodiscover: (question) => ask(keys.discovery('autodiscover', question)),
    },
    history: {
      lastGood: (...asked) => remembered(keys.lastGood(...asked)),
      last: (...asked) => remembered(keys.last(...asked)),
    },
    logs: {
      read: (search) => ask(keys.logs(search)),
      sift: (lines) => ask(keys.sift(lines)),
      causesOf: (texts) => ask(keys.causesOf(texts)),
    },
    backups: { look: (path) => ask(keys.backups(path)) },
    versions: { table: (file) => ask(keys.versions(file)) },
    secrets: { shape: (ref) => told<SecretShape>(keys.shape(ref)) },
  };
};

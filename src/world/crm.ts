import type { CrmAnswers, CrmMailField, CrmQuestion } from '../model/crm/answers.ts';
import type {
  Connector,
  CrmAccess,
  CrmClient,
  CrmRecordPage,
  CrmRecordQuery,
  CrmSession,
  CrmTraffic,
  CrmWrite,
} from '../model/crm/connector.ts';
import type { CrmFailure, CrmReply } from '../model/crm/failure.ts';
import type { CrmSubject } from '../model/crm/subject.ts';
import type { Came } from '../model/login.ts';
import type { Text } from '../model/text.ts';
import type { Crm } from '../model/world.ts';
import { crmHost } from '../reason/crm-host.ts';
import { shelf } from './contact-shared.ts';
import { createReach } from './crm-reach.ts';
import type { Kit } from './kit.ts';

/** What commands may do with a CRM beyond the questions of the checks. */
export interface OpenCrm extends Crm {
  readonly records: (subject: CrmSubject, query: CrmRecordQuery, signal: AbortSignal) => AsyncIterable<CrmRecordPage>;
  /** Undefined: nothing was asked of it. */
  readonly traffic: (subject: CrmSubject) => CrmTraffic | undefined;
  /** Only after a person has agreed. */
  readonly write: (
    subject: CrmSubject,
    write: CrmWrite,
    signal: AbortSignal,
  ) => Promise<CrmReply<{ readonly written: readonly CrmMailField[] }>>;
  /** When nothing more is asked. It never fails, and takes no longer than a moment. */
  readonly close: () => Promise<void>;
}

export type Connectors = Readonly<Record<string, () => Promise<Connector>>>;

type Client = CrmClient & { readonly close: () => void; readonly traffic: () => CrmTraffic };

/** Nobody waits longer than this for a farewell. */
const closingMs = 2_000;

/** Larger is no configuration file. */
const largestSettings = 1024 * 1024;

const failed = (failure: Omit<CrmFailure, 'what'>): { kind: 'failed'; failure: CrmFailure } => ({
  kind: 'failed',
  failure: { what: '', ...failure },
});

/** `says` lists what there is. */
const notKnown = (connectors: Connectors): CrmFailure => ({
  kind: 'config',
  what: '',
  says: Object.keys(connectors).toSorted().join(', '),
  needs: { en: 'crm.type', ja: 'crm.type' },
});

/** The keys of `crm:` that the connector cannot do without. */
const missingKey = ({ config }: CrmSubject, { needs }: Connector): CrmFailure | undefined => {
  const lacking = config.url === '' ? 'url' : needs.find((key) => config[key] === undefined || config[key] === '');
  return lacking === undefined
    ? undefined
    : { kind: 'config', what: '', says: '', needs: { en: `crm.${lacking}`, ja: `crm.${lacking}` } };
};

const refusals: readonly CrmFailure['kind'][] = ['auth', 'key-expired'];

const cameOf = (reply: CrmReply<unknown>): Came => {
  if (reply.kind !== 'failed') return reply.kind === 'answered' ? 'accepted' : 'not-judged';
  const { kind } = reply.failure;
  return kind === 'locked-out' ? 'locked-out' : refusals.includes(kind) ? 'refused' : 'not-judged';
};

const waitingText: Text = {
  en: 'not asked yet: an earlier login was refused, and the next try waits so that the account is not locked',
  ja: '前回ログインを拒否されたため、アカウントがロックされないよう、次のログインは時間をおいて行います',
};

const readSettings = async (file: string): Promise<string | undefined> => {
  const { open } = await import('node:fs/promises');
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return undefined;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(largestSettings), 0, largestSettings, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
};

const accessOf = ({ config }: CrmSubject, { secrets, clock }: Kit): CrmAccess => {
  const { url, database, username, secret, clientId, tenant, apps, settingsFile } = config;
  return {
    url,
    ...(database === undefined ? {} : { database }),
    ...(username === undefined ? {} : { username }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(apps === undefined ? {} : { apps }),
    secret: () => (secret === undefined ? undefined : secrets.reveal(secret)),
    learn: secrets.learn,
    settings: async () => (settingsFile === undefined ? undefined : readSettings(settingsFile)),
    now: clock.now,
  };
};

interface Opened {
  readonly session: CrmSession;
  readonly client: Client;
}

/** Opens each CRM once a run; its login is tried once, and what it cannot tell is told as it was. */
export const createCrm = (
  kit: Kit,
  connectors: Connectors,
  clientOf: (subject: CrmSubject) => Promise<Client>,
): OpenCrm => {
  const opened = new Map<string, Promise<Opened | CrmFailure>>();
  const clients = new Map<string, Client>();
  const asked = shelf<Promise<CrmReply<unknown>>>();

  const connectorFor = async (type: string): Promise<Connector | undefined> =>
    Object.hasOwn(connectors, type.toLowerCase()) ? connectors[type.toLowerCase()]?.() : undefined;

  const open = (subject: CrmSubject): Promise<Opened | CrmFailure> => {
    const known = opened.get(subject.path);
    if (known) return known;
    const opening = (async () => {
      const connector = await connectorFor(subject.config.type);
      if (!connector) return notKnown(connectors);
      const missing = missingKey(subject, connector);
      if (missing) return missing;
      const client = await clientOf(subject);
      clients.set(subject.path, client);
      return { client, session: connector.open(accessOf(subject, kit), client) };
    })();
    opened.set(subject.path, opening);
    return opening;
  };

  const login = async (subject: CrmSubject, signal: AbortSignal): Promise<CrmReply<CrmAnswers['identity']>> => {
    const here = await open(subject);
    if ('kind' in here) return { kind: 'failed', failure: here };
    const { config } = subject;
    // The limit of refused logins is the account's, whatever the CRM is called here.
    const account = {
      protocol: 'crm',
      host: crmHost(config.url),
      username: config.username ?? '',
      realm: config.database ?? '',
    } as const;
    const tried = await kit.ledger.login(account, async () => {
      const result = await here.session.identity(signal);
      return { result, came: cameOf(result) };
    });
    if (tried.kind === 'tried') return tried.result;
    if (tried.kind === 'waiting') return { kind: 'not-offered', why: waitingText };
    return failed({
      kind: tried.kind === 'locked-out' ? 'locked-out' : 'auth',
      says: 'not tried again: this login was refused before in this run',
    });
  };

  const identity = (subject: CrmSubject, signal: AbortSignal) => {
    const shared = asked(`${subject.path} identity`, (own) => login(subject, own));
    // One key has one question, and one question one answer.
    return shared.join(shared.work, signal) as Promise<CrmReply<CrmAnswers['identity']>>;
  };

  /** The session of a CRM that has let us in. */
  const entered = async (
    subject: CrmSubject,
    signal: AbortSignal,
  ): Promise<Opened | Exclude<CrmReply<never>, { kind: 'answered' }>> => {
    const who = await identity(subject, signal);
    if (who.kind !== 'answered') return who;
    const here = await open(subject);
    return 'kind' in here ? { kind: 'failed', failure: here } : here;
  };

  const answer = async <Question extends Exclude<CrmQuestion, 'identity'>>(
    subject: CrmSubject,
    question: Question,
    signal: AbortSignal,
  ): Promise<CrmReply<CrmAnswers[Question]>> => {
    const connector = await connectorFor(subject.config.type);
    const offered = connector?.answers[question];
    if (offered !== undefined && offered !== true) return { kind: 'not-offered', why: offered };
    const here = await entered(subject, signal);
    return 'kind' in here ? here : here.session.answer(question, signal);
  };

  const reachOf = createReach(kit);

  return {
    reach: (subject, depth, signal) => reachOf(subject, depth, signal),
    product: async (type) => {
      const connector = await connectorFor(type);
      if (!connector) return undefined;
      const { open: _open, ...product } = connector;
      return product;
    },
    ask: <Question extends CrmQuestion>(subject: CrmSubject, question: Question, signal: AbortSignal) => {
      if (question === 'identity') return identity(subject, signal) as Promise<CrmReply<CrmAnswers[Question]>>;
      const other = question as Exclude<CrmQuestion, 'identity'>; // the one that is not has just been answered
      const shared = asked(`${subject.path} ${question}`, (own) => answer(subject, other, own));
      return shared.join(shared.work, signal) as Promise<CrmReply<CrmAnswers[Question]>>;
    },
    records: async function* (subject, query, signal) {
      const here = await entered(subject, signal);
      if ('kind' in here) {
        yield here.kind === 'failed' ? here : failed({ kind: 'auth', says: here.why.en });
        return;
      }
      const pages = here.session.records?.(query, signal);
      if (pages) yield* pages;
      else yield failed({ kind: 'not-found', says: 'this CRM cannot list records' });
    },
    traffic: ({ path }) => clients.get(path)?.traffic(),
    write: async (subject, write, signal) => {
      const here = await entered(subject, signal);
      if ('kind' in here) return here;
      return (
        here.session.write?.(write, signal) ?? {
          kind: 'not-offered',
          why: { en: 'its API cannot write this', ja: 'この CRM の API では書き込めません' },
        }
      );
    },
    close: async () => {
      const all = await Promise.allSettled(opened.values());
      opened.clear();
      const signal = AbortSignal.timeout(closingMs);
      const closing = all.map(async (one) => {
        if (one.status === 'rejected' || 'kind' in one.value) return;
        const { session, client } = one.value;
        try {
          await session.close?.(signal);
        } finally {
          client.close();
        }
      });
      await Promise.allSettled(closing);
    },
  };
};

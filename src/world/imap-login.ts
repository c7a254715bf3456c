import type { ImapLoginFact, QuotaFact, QuotaRoot, Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import {
  type Entered,
  entryFact,
  inTurn,
  type LoginKit,
  prepared,
  preparedFact,
  unsendable,
  unusable,
} from './login-attempt.ts';
import { enterImap } from './login-imap.ts';
import type { ImapSeen } from './login-imap-commands.ts';
import type { ImapSession } from './login-imap-session.ts';
import { broken } from './login-reply.ts';
import { openTranscript } from './login-transcript.ts';
import { printable } from './printable.ts';

/** More names help nobody to find the right one. */
const mostFolders = 500;
const mostWords = 100;

/** One session answers both questions; the quota comes after the login's fact is complete. */
export interface ImapAnswers {
  readonly login: Promise<ImapLoginFact>;
  readonly quota: Promise<QuotaFact>;
  /** The connection is over, which it is a little after the answers. */
  readonly left: Promise<void>;
}

type FolderFact = Partial<
  Pick<
    ImapLoginFact,
    | 'select'
    | 'readOnly'
    | 'folders'
    | 'prefix'
    | 'delimiter'
    | 'messages'
    | 'uidValidity'
    | 'serverId'
    | 'capabilities'
    | 'appendLimit'
  >
>;

/** SELECT, and where it is refused, what there is instead. */
const openFolder = async (session: ImapSession, folder: string): Promise<FolderFact> => {
  const own = unsendable({ 'folder name': folder });
  if (own) return { select: own };
  if (folder === '') return { select: broken('garbled', 'not sent: the folder name is empty') };
  const { step, opened } = await session.select(folder);
  if (opened) {
    const { messages, readOnly, uidValidity } = opened;
    return { select: step, messages, readOnly, uidValidity };
  }
  if (step.kind !== 'refused') return { select: step };
  const { value: listed } = await session.step(() => session.client.list());
  const namespace = await session.namespace();
  const delimiter = namespace?.delimiter ?? listed?.find((one) => one.delimiter)?.delimiter;
  return {
    select: step,
    ...(listed ? { folders: listed.slice(0, mostFolders).map(({ path }) => printable(path)) } : {}),
    ...(namespace ? { prefix: printable(namespace.prefix) } : {}),
    ...(delimiter ? { delimiter: printable(delimiter) } : {}),
  };
};

const withId = async (session: ImapSession, fact: FolderFact): Promise<FolderFact> => {
  // Asked last: a server that demands ID before SELECT (NetEase) must show that, since it does so to the CRM.
  const id = await session.identify();
  if (!id) return fact;
  return {
    ...fact,
    serverId: Object.fromEntries(Object.entries(id).map(([key, value]) => [printable(key), printable(value)])),
  };
};

/** What the server offers after the login; it is told with the login, so that asking costs nothing. */
const offers = ({ capabilities, client }: ImapSession): Pick<FolderFact, 'capabilities' | 'appendLimit'> => {
  // RFC 7889: "APPENDLIMIT=35651584", which the library takes apart; without a number each folder has its own.
  const limit: unknown = client.capabilities.get('APPENDLIMIT');
  return {
    capabilities: [...capabilities].slice(0, mostWords).map(printable),
    ...(typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= 0 ? { appendLimit: limit } : {}),
  };
};

interface Limit {
  readonly used: number;
  readonly limit: number;
}

const limitOf = (resource: unknown): Limit | undefined => {
  if (typeof resource !== 'object' || resource === null) return undefined;
  const used: unknown = Reflect.get(resource, 'usage');
  const limit: unknown = Reflect.get(resource, 'limit');
  return typeof used === 'number' && typeof limit === 'number' ? { used, limit } : undefined;
};

/** `* QUOTA "User quota" (STORAGE 10 512 MESSAGE 3 100)`; STORAGE counts in units of 1024 octets (RFC 9208 section 5.1). */
const rootIn = (line: string): QuotaRoot | undefined => {
  const [, quoted, bare, list = ''] = /^\* QUOTA (?:"((?:[^"\\]|\\.)*)"|(\S+)) \(([^)]*)\)/i.exec(line) ?? [];
  const resource = (name: string, unit: number): Limit | undefined => {
    const [, used, limit] = new RegExp(`(?:^| )${name} (\\d{1,15}) (\\d{1,15})(?: |$)`, 'i').exec(list) ?? [];
    return used === undefined ? undefined : { used: Number(used) * unit, limit: Number(limit) * unit };
  };
  const storage = resource('STORAGE', 1024);
  const messages = resource('MESSAGE', 1);
  if (!storage && !messages) return undefined;
  const name = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
  return { name: printable(name), ...(storage ? { storage } : {}), ...(messages ? { messages } : {}) };
};

/** The mailbox's own root is the smallest: a domain or a contract holds more than each of its mailboxes. */
const own = <Key extends 'storage' | 'messages'>(roots: readonly QuotaRoot[], key: Key): Limit | undefined =>
  roots
    .flatMap((root) => root[key] ?? [])
    .filter(({ limit }) => limit > 0)
    .toSorted((left, right) => left.limit - right.limit)[0];

const quotaSays = (step: Step): string =>
  step.kind === 'broken' ? step.says : `${step.reply.code} ${step.reply.text}`;

/** RFC 9208; imapflow has turned STORAGE, counted in units of 1024 octets (section 5.1), into bytes. */
const quotaOf = async (session: ImapSession, folder: string): Promise<QuotaFact> => {
  if (!session.capabilities.has('QUOTA')) return { folder, supported: false, says: 'no QUOTA capability' };
  const unsent = unsendable({ 'folder name': folder });
  if (unsent) return { folder, supported: false, says: 'the folder name is not usable' };
  const { step, value } = await session.step(() => session.client.getQuota(folder));
  if (!value) return { folder, supported: false, says: quotaSays(step) };
  const roots = session.quotaLines.flatMap((line) => rootIn(line) ?? []);
  const several = roots.length > 1;
  const storage = several ? own(roots, 'storage') : limitOf(value.storage);
  const messages = several ? own(roots, 'messages') : limitOf(Reflect.get(value, 'message'));
  return {
    folder,
    supported: true,
    ...(several ? { roots } : {}),
    ...(storage ? { storage } : {}),
    ...(messages ? { messages } : {}),
  };
};

/** Login, SELECT, ID, then the quota, on one connection. */
export const imapAnswers = (kit: LoginKit, service: Service, signal: AbortSignal): ImapAnswers => {
  const { folder } = service;
  const session = (async () => {
    const means = await prepared(kit, service, signal);
    const credentials = means.kind === 'ready' ? means.credentials : undefined;
    const transcript = openTranscript(credentials);
    const seen: ImapSeen = { offered: [] };
    const own = credentials && unusable(credentials);
    const enter = async (): Promise<Entered<ImapSession> | undefined> => {
      if (means.kind === 'withheld') return { kind: 'out', withheld: means.withheld };
      if (!credentials) return undefined;
      if (own) return { kind: 'out', login: own };
      return inTurn(kit, service, () => enterImap(kit, service, { credentials, transcript, seen, signal }));
    };
    return { means, entered: await enter(), transcript, seen };
  })();
  const login = session.then(async ({ means, entered, transcript, seen }): Promise<ImapLoginFact> => {
    const found =
      entered?.kind === 'in' ? await withId(entered.session, await openFolder(entered.session, folder)) : {};
    return {
      ...preparedFact(service, means),
      ...(entered ? entryFact(entered) : {}),
      offered: seen.offered,
      folder,
      ...(entered?.kind === 'in' ? offers(entered.session) : {}),
      ...found,
      dialogue: [...transcript.lines],
    };
  });
  let leaving: Promise<void> | undefined;
  const quota = login.then(async (): Promise<QuotaFact> => {
    const { entered } = await session;
    if (entered?.kind !== 'in') return { folder, supported: false, says: 'no session' };
    const fact = await quotaOf(entered.session, folder);
    leaving = entered.session.leave();
    return fact;
  });
  const left = quota.then(
    () => leaving,
    () => undefined,
  );
  // Nobody may ever ask for the one or the other.
  login.catch(() => undefined);
  quota.catch(() => undefined);
  return { login, quota, left };
};

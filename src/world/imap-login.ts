import type { Service } from '../model/mailbox.ts';
import type { ImapLoginFact, QuotaFact, Step } from '../model/wire-facts.ts';
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
import { enterImap, type ImapSeen, type ImapSession } from './login-imap.ts';
import { broken } from './login-reply.ts';
import { openTranscript } from './login-transcript.ts';
import { printable } from './printable.ts';

/** More names help nobody to find the right one. */
const mostFolders = 500;

/** One session answers both questions; the quota comes after the login's fact is complete. */
export interface ImapAnswers {
  readonly login: Promise<ImapLoginFact>;
  readonly quota: Promise<QuotaFact>;
}

type FolderFact = Partial<
  Pick<
    ImapLoginFact,
    'select' | 'readOnly' | 'folders' | 'prefix' | 'delimiter' | 'messages' | 'uidValidity' | 'serverId'
  >
>;

/** SELECT, and where it is refused, what there is instead. */
const openFolder = async (session: ImapSession, folder: string): Promise<FolderFact> => {
  const own = unsendable({ 'folder name': folder });
  if (own) return { select: own };
  if (folder === '') return { select: broken('garbled', 'not sent: the folder name is empty') };
  const { step, opened } = await session.select(folder);
  if (opened) return { select: step, ...opened };
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

const quotaSays = (step: Step): string =>
  step.kind === 'broken' ? step.says : `${step.reply.code} ${step.reply.text}`;

/** RFC 9208; imapflow has turned STORAGE, counted in units of 1024 octets (section 5.1), into bytes. */
const quotaOf = async (session: ImapSession, folder: string): Promise<QuotaFact> => {
  if (!session.capabilities.has('QUOTA')) return { folder, supported: false, says: 'no QUOTA capability' };
  const own = unsendable({ 'folder name': folder });
  if (own) return { folder, supported: false, says: 'the folder name is not usable' };
  const { step, value } = await session.step(() => session.client.getQuota(folder));
  if (!value) return { folder, supported: false, says: quotaSays(step) };
  const storage = limitOf(value.storage);
  const messages = limitOf(Reflect.get(value, 'message'));
  return { folder, supported: true, ...(storage ? { storage } : {}), ...(messages ? { messages } : {}) };
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
      ...found,
      dialogue: [...transcript.lines],
    };
  });
  const quota = login.then(async (): Promise<QuotaFact> => {
    const { entered } = await session;
    if (entered?.kind !== 'in') return { folder, supported: false, says: 'no session' };
    const fact = await quotaOf(entered.session, folder);
    entered.session.leave();
    return fact;
  });
  // Nobody may ever ask for the one or the other.
  login.catch(() => undefined);
  quota.catch(() => undefined);
  return { login, quota };
};

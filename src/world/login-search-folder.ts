import type { SearchObject } from 'imapflow';
import { type ReportWords, reportOn } from './delivery-report.ts';
import type { ImapSession } from './login-imap-session.ts';
import { type Arrived, inspect, markHeader, mostBytes, type TestMessage } from './login-message.ts';
import { printable } from './printable.ts';
import { samePath } from './trip-places.ts';

/**
 * A new message stands at the end of its folder (RFC 3501 section 2.3.1.1), so that the server searches the last messages
 * only, however many there are.
 */
const newestSearched = 200;

/** Where a server cannot search, so many of the newest messages are looked at by their header. */
const newestRead = 30;

/** Of one folder; whoever sends more answers that look like ours than this is not read on. */
const mostCandidates = 30;

const currentPath = (session: ImapSession): string => (session.client.mailbox ? session.client.mailbox.path : '');

/** Opens a folder, or where it is open looks what has come; false where it cannot be opened. */
export const openFolder = async (session: ImapSession, path: string): Promise<boolean> => {
  if (!samePath(currentPath(session), path)) return (await session.select(path)).opened !== undefined;
  const { step } = await session.step(() => session.client.noop());
  return step.kind !== 'broken';
};

const criteria = ({ mark, messageId, token }: TestMessage, from: number): SearchObject => ({
  seq: `${from}:*`,
  or: [
    { header: { [markHeader]: mark } },
    { header: { 'Message-ID': messageId } },
    { subject: token },
    { header: { 'Content-Type': 'report-type' } },
  ],
});

const fields = [markHeader, 'Message-ID', 'Subject', 'Content-Type'];

const mayBeOurs = (head: string, { mark, messageId, token }: TestMessage): boolean =>
  head.includes(mark) ||
  head.includes(messageId) ||
  head.includes(token) ||
  /^content-type:\s*multipart\/report/im.test(head);

const isUid = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

/** The UIDs of candidates in the open folder, the newest first. */
export const candidatesIn = async (session: ImapSession, sent: TestMessage): Promise<readonly number[]> => {
  const { client } = session;
  if (!client.mailbox || client.mailbox.exists === 0) return [];
  const { exists } = client.mailbox;
  const from = (count: number): number => Math.max(1, exists - count + 1);
  const { step, value } = await session.step(() => client.search(criteria(sent, from(newestSearched)), { uid: true }));
  if (Array.isArray(value)) return value.filter(isUid).toReversed().slice(0, mostCandidates);
  if (step.kind === 'broken') return [];
  const { value: recent } = await session.step(() =>
    client.fetchAll(`${from(newestRead)}:*`, { uid: true, headers: fields }),
  );
  return (recent ?? [])
    .filter(({ headers }) => headers !== undefined && mayBeOurs(headers.toString('latin1'), sent))
    .map(({ uid }) => uid)
    .filter(isUid)
    .toReversed();
};

/** What a message in a folder is to us; `raw` is the message as the server hands it out. */
export type Read =
  | { readonly kind: 'ours'; readonly arrived: Arrived; readonly flags: readonly string[]; readonly raw: Buffer }
  | { readonly kind: 'report'; readonly words: ReportWords }
  | { readonly kind: 'strange' }
  /** It was there a moment ago. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed' };

/** The message in the open folder, read without a flag being set, and compared. */
export const readMessage = async (session: ImapSession, uid: number, sent: TestMessage): Promise<Read> => {
  const { step, value } = await session.step(() =>
    session.client.fetchOne(
      String(uid),
      { uid: true, flags: true, source: { start: 0, maxLength: mostBytes } },
      { uid: true },
    ),
  );
  const source = value ? value.source : undefined;
  if (!value || !source) {
    if (step.kind !== 'accepted') return { kind: 'failed' };
    // A server that answers SEARCH with numbers of its own fancy still claims that it is there.
    const { value: there } = await session.step(() => session.client.search({ uid: String(uid) }, { uid: true }));
    return { kind: Array.isArray(there) && !there.includes(uid) ? 'gone' : 'failed' };
  }
  const arrived = inspect(source, sent);
  if (arrived) {
    const flags = [...(value.flags ?? [])].slice(0, 20).map(printable);
    return { kind: 'ours', arrived, flags, raw: source };
  }
  const words = reportOn(source, sent);
  return words ? { kind: 'report', words } : { kind: 'strange' };
};

/**
 * Removes one message of the open folder. Without UIDPLUS (RFC 4315) EXPUNGE takes every message that anybody has marked
 * as deleted, so it is only sent where there is none but ours.
 */
export const removeMessage = async (session: ImapSession, uid: number): Promise<boolean> => {
  const { client, capabilities } = session;
  if (!capabilities.has('UIDPLUS')) {
    const { value: marked } = await session.step(() => client.search({ deleted: true }, { uid: true }));
    if (!Array.isArray(marked) || marked.some((other) => other !== uid)) return false;
  }
  const { step, value } = await session.step(() => client.messageDelete(String(uid), { uid: true }));
  if (step.kind !== 'accepted' || value !== true) return false;
  const { value: left } = await session.step(() => client.search({ uid: String(uid) }, { uid: true }));
  return Array.isArray(left) && !left.includes(uid);
};

import { performance } from 'node:perf_hooks';
import type { RoundTripFact } from '../model/wire-facts.ts';
import type { ImapSession } from './login-imap.ts';
import { type Arrived, inspect, markHeader, type TestMessage } from './login-message.ts';
import { since } from './login-reply.ts';
import { pause, type Search } from './login-search.ts';
import { printable } from './printable.ts';

const firstWaitMs = 300;
const longestWaitMs = 2_000;

/** Folders besides the usual ones are looked through so often only, since each costs two round trips. */
const othersEveryMs = 5_000;
const mostOthers = 100;

/** Where a server cannot search by header, so many of the newest messages are looked at. */
const newest = 30;

interface Place {
  readonly path: string;
  readonly role: NonNullable<RoundTripFact['found']>['role'];
}

interface Places {
  readonly usual: readonly Place[];
  readonly junk: readonly Place[];
  readonly others: readonly Place[];
  readonly sent: readonly string[];
}

const samePath = (one: string, other: string): boolean =>
  one === other || (one.toUpperCase() === 'INBOX' && other.toUpperCase() === 'INBOX');

const usualPlaces = (folder: string): readonly Place[] =>
  samePath(folder, 'INBOX')
    ? [{ path: 'INBOX', role: 'inbox' }]
    : [
        { path: folder, role: 'configured' },
        { path: 'INBOX', role: 'inbox' },
      ];

/** A copy among the sent messages is no arrival, and "all mail" holds that copy as well. */
const notAnArrival = new Set(['\\Sent', '\\Drafts', '\\All', '\\Flagged', '\\Important']);

const listPlaces = async (session: ImapSession, folder: string): Promise<Places> => {
  const usual = usualPlaces(folder);
  const { value: listed = [] } = await session.step(() => session.client.list());
  const selectable = listed.filter(({ path, flags }) => {
    if (usual.some((place) => samePath(place.path, path))) return false;
    return ![...flags].some((flag) => /^\\(noselect|nonexistent)$/i.test(flag));
  });
  const place = (path: string, role: Place['role']): Place => ({ path, role });
  return {
    usual,
    junk: selectable.filter(({ specialUse }) => specialUse === '\\Junk').map(({ path }) => place(path, 'junk')),
    others: selectable
      .filter(({ specialUse }) => specialUse !== '\\Junk' && !notAnArrival.has(specialUse ?? ''))
      .slice(0, mostOthers)
      .map(({ path }) => place(path, 'other')),
    sent: selectable.filter(({ specialUse }) => specialUse === '\\Sent').map(({ path }) => path),
  };
};

const currentPath = (session: ImapSession): string => (session.client.mailbox ? session.client.mailbox.path : '');

/** The UIDs of candidates in a folder; a folder that cannot be opened holds none. */
const candidates = async (session: ImapSession, path: string, mark: string): Promise<readonly number[]> => {
  const { client } = session;
  if (samePath(currentPath(session), path)) {
    const { step } = await session.step(() => client.noop());
    if (step.kind === 'broken') return [];
  } else {
    const { opened } = await session.select(path);
    if (!opened) return [];
  }
  const { step, value } = await session.step(() => client.search({ header: { [markHeader]: mark } }, { uid: true }));
  if (Array.isArray(value)) return value.slice(0, newest);
  if (step.kind === 'broken' || !client.mailbox || client.mailbox.exists === 0) return [];
  const from = Math.max(1, client.mailbox.exists - newest + 1);
  const { value: recent } = await session.step(() => client.fetchAll(`${from}:*`, { uid: true }));
  return (recent ?? []).map(({ uid }) => uid);
};

/** The message in the open folder, read and compared; only one that carries the mark counts. */
const read = async (session: ImapSession, uid: number, sent: TestMessage): Promise<Arrived | undefined> => {
  const { value } = await session.step(() =>
    session.client.fetchOne(String(uid), { uid: true, source: { start: 0, maxLength: 256 * 1024 } }, { uid: true }),
  );
  const source = value ? value.source : undefined;
  return source && inspect(source, sent);
};

/**
 * Removes one message of the open folder. Without UIDPLUS (RFC 4315) EXPUNGE takes every message that anybody has marked
 * as deleted, so it is only sent where there is none but ours.
 */
const remove = async (session: ImapSession, uid: number): Promise<boolean> => {
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

/** Takes every copy out of a folder; true when none is left. */
const clear = async (session: ImapSession, path: string, sent: TestMessage): Promise<boolean> => {
  let all = true;
  for (const uid of await candidates(session, path, sent.mark)) {
    if (!(await read(session, uid, sent))) continue;
    all = (await remove(session, uid)) && all;
  }
  return all;
};

const lookIn = async (session: ImapSession, places: readonly Place[], sent: TestMessage) => {
  for (const place of places) {
    for (const uid of await candidates(session, place.path, sent.mark)) {
      const arrived = await read(session, uid, sent);
      if (arrived) return { place, arrived, uid };
    }
  }
  return undefined;
};

/** Looks for the message until it is there or the time is over, then removes it and its copy among the sent ones. */
export const searchImap = async (
  session: ImapSession,
  sent: TestMessage,
  {
    folder,
    sentAt,
    timeoutMs,
    signal,
  }: {
    readonly folder: string;
    /** A time of `performance.now()`. */
    readonly sentAt: number;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<Search> => {
  const deadline = sentAt + timeoutMs;
  let places: Places | undefined;
  let wait = firstWaitMs;
  let othersAt = performance.now() + othersEveryMs;
  let hit = await lookIn(session, usualPlaces(folder), sent);
  while (!hit) {
    places ??= await listPlaces(session, folder);
    const last = performance.now() >= deadline;
    const withOthers = last || performance.now() >= othersAt;
    if (withOthers) othersAt = performance.now() + othersEveryMs;
    hit = await lookIn(session, [...places.usual, ...places.junk, ...(withOthers ? places.others : [])], sent);
    if (hit || last) break;
    const { step } = await session.step(() => session.client.noop());
    if (step.kind === 'broken') return { lookupFailed: step, removed: false };
    await pause(Math.max(0, Math.min(wait, deadline - performance.now())), signal);
    wait = Math.min(longestWaitMs, wait * 1.5);
  }
  const afterMs = since(sentAt);
  const removed = hit ? await remove(session, hit.uid) : false;
  places ??= await listPlaces(session, folder);
  for (const path of places.sent) await clear(session, path, sent);
  if (!hit) return { removed };
  const { mark: _mark, ...arrived } = hit.arrived;
  return { found: { folder: printable(hit.place.path), role: hit.place.role, afterMs, ...arrived }, removed };
};

import type { RoundTripFact } from '../model/trip-facts.ts';
import type { ImapSession } from './login-imap-session.ts';

export type Role = NonNullable<RoundTripFact['found']>['role'];

/** A folder in which the message may lie. */
export interface Place {
  readonly path: string;
  readonly role: Role;
  readonly specialUse?: string;
}

/** The folders of a mailbox, by what they are to the round trip. */
export interface Places {
  readonly usual: readonly Place[];
  readonly junk: readonly Place[];
  readonly others: readonly Place[];
  readonly sent: readonly string[];
  /** As the server marks them, not as names let one guess. */
  readonly specialUses: readonly string[];
  /** The next UID of each folder, where the server tells all of them in one answer (RFC 5819). */
  readonly next: ReadonlyMap<string, number>;
}

/** Folders besides the usual ones that are looked through at most. */
const mostOthers = 100;

export const samePath = (one: string, other: string): boolean =>
  one === other || (one.toUpperCase() === 'INBOX' && other.toUpperCase() === 'INBOX');

export const usualPlaces = (folder: string): readonly Place[] =>
  samePath(folder, 'INBOX')
    ? [{ path: 'INBOX', role: 'inbox' }]
    : [
        { path: folder, role: 'configured' },
        { path: 'INBOX', role: 'inbox' },
      ];

/** A copy among the sent messages is no arrival, and "all mail" holds that copy as well. */
const notAnArrival = new Set(['\\Sent', '\\Drafts', '\\All', '\\Flagged', '\\Important']);

const nextUid = (status: unknown): number | undefined => {
  if (typeof status !== 'object' || status === null) return undefined;
  const next: unknown = Reflect.get(status, 'uidNext');
  return typeof next === 'number' ? next : undefined;
};

/** Lists the folders, with their next UIDs where that costs no command a folder. */
export const listPlaces = async (session: ImapSession, folder: string): Promise<Places> => {
  const usual = usualPlaces(folder);
  // Without that extension the library would ask for each folder.
  const options = session.capabilities.has('LIST-STATUS') ? { statusQuery: { uidNext: true } } : undefined;
  const { value: listed = [] } = await session.step(() => session.client.list(options));
  const selectable = listed.filter(({ path, flags }) => {
    if (usual.some((place) => samePath(place.path, path))) return false;
    return ![...flags].some((flag) => /^\\(noselect|nonexistent)$/i.test(flag));
  });
  const placed = selectable.map(
    ({ path, specialUse }): Place => ({
      path,
      role: specialUse === '\\Junk' ? 'junk' : 'other',
      ...(specialUse ? { specialUse } : {}),
    }),
  );
  return {
    usual,
    junk: placed.filter(({ role }) => role === 'junk').slice(0, 5),
    others: placed.filter(({ role, specialUse }) => role === 'other' && !notAnArrival.has(specialUse ?? '')),
    sent: placed.flatMap(({ path, specialUse }) => (specialUse === '\\Sent' ? [path] : [])),
    specialUses: [
      ...new Set(
        listed.flatMap(({ specialUse, specialUseSource }) =>
          specialUse && specialUseSource === 'extension' ? [specialUse] : [],
        ),
      ),
    ],
    next: new Map(
      listed.flatMap(({ path, status }) => {
        const next = nextUid(status);
        return next === undefined ? [] : [[path, next] as const];
      }),
    ),
  };
};

/**
 * The other folders that are worth a look: where the server tells the next UIDs, those that got something since; else all
 * of them, as far as they are not too many.
 */
export const worthALook = (before: Places, now: Places): readonly Place[] => {
  const changed = now.others.filter(({ path }) => now.next.get(path) !== before.next.get(path));
  return (now.next.size > 0 ? changed : now.others).slice(0, mostOthers);
};

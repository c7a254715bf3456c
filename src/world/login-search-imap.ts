import { performance } from 'node:perf_hooks';
import type { Step } from '../model/login-facts.ts';
import type { DeliveryReport, Passage } from '../model/trip-facts.ts';
import type { ImapSession } from './login-imap-session.ts';
import type { TestMessage } from './login-message.ts';
import { since } from './login-reply.ts';
import { pause, type Search } from './login-search.ts';
import { candidatesIn, openFolder, type Read, readMessage, removeMessage } from './login-search-folder.ts';
import { printable } from './printable.ts';
import { listPlaces, type Place, type Places, samePath, usualPlaces, worthALook } from './trip-places.ts';

const firstWaitMs = 300;
const longestWaitMs = 2_000;

/** Folders besides the usual ones are looked through so often only, since each costs two round trips. */
const othersEveryMs = 5_000;

/** The last look goes on so long after the limit, and no longer. */
const lastLookMs = 15_000;

/** What is known of the mailbox before the message is sent. */
export interface Survey {
  readonly places: Places;
  /** The next UID of the polled folder. */
  readonly next?: number;
}

/** Opens the polled folder and lists the others, while the message is being handed over. */
export const survey = async (session: ImapSession, folder: string): Promise<Survey> => {
  const { opened } = await session.select(folder);
  const places = await listPlaces(session, folder);
  return { places, ...(opened?.uidNext === undefined ? {} : { next: opened.uidNext }) };
};

/** One copy of ours and where it lay. */
interface Ours extends Extract<Read, { kind: 'ours' }> {
  readonly place: Place;
  readonly afterMs: number;
}

/** Looks into folders, and remembers and removes what is ours. */
class Searcher {
  readonly #session: ImapSession;
  readonly #sent: TestMessage;
  readonly #sentAt: number;
  /** Each message is read once, whatever the server answers the next time. */
  readonly #known = new Set<string>();
  readonly #ours: Ours[] = [];
  readonly reports: DeliveryReport[] = [];
  vanishedFrom: string | undefined;
  removed = true;

  constructor(session: ImapSession, sent: TestMessage, sentAt: number) {
    this.#session = session;
    this.#sent = sent;
    this.#sentAt = sentAt;
  }

  get ours(): readonly Ours[] {
    return this.#ours;
  }

  /** Everything of ours that lies in the folder now. */
  async look(place: Place): Promise<number> {
    if (!(await openFolder(this.#session, place.path))) return 0;
    let count = 0;
    for (const uid of await candidatesIn(this.#session, this.#sent)) {
      const key = `${uid} ${place.path}`;
      if (this.#known.has(key)) continue;
      const got = await readMessage(this.#session, uid, this.#sent);
      if (got.kind === 'gone') this.vanishedFrom ??= printable(place.path);
      this.#known.add(key);
      if (got.kind !== 'ours' && got.kind !== 'report') continue;
      const afterMs = since(this.#sentAt);
      const gone = await removeMessage(this.#session, uid);
      this.removed &&= gone;
      if (got.kind === 'report') {
        this.reports.push({ ...got.words, folder: printable(place.path), afterMs, removed: gone });
      } else {
        this.#ours.push({ ...got, place, afterMs });
        count += 1;
      }
    }
    return count;
  }

  async lookInto(places: readonly Place[], until = Number.POSITIVE_INFINITY): Promise<boolean> {
    for (const place of places) {
      if (performance.now() > until) break;
      await this.look(place);
      if (this.#ours.length > 0) return true;
    }
    return false;
  }

  /** A copy among the sent messages, which is no arrival. */
  async clearSent(path: string): Promise<number> {
    const before = this.#ours.length;
    const count = await this.look({ path, role: 'other' });
    this.#ours.splice(before);
    return count;
  }
}

/** How many messages came into the polled folder since the message was sent, and are not in it any more. */
const takenFrom = async (
  session: ImapSession,
  folder: string,
  { next, byUs }: { readonly next: number | undefined; readonly byUs: number },
): Promise<number> => {
  if (next === undefined) return 0;
  const { opened } = await session.select(folder);
  if (opened?.uidNext === undefined || opened.uidNext <= next) return 0;
  const { value: there } = await session.step(() => session.client.search({ uid: `${next}:*` }, { uid: true }));
  // "*" is the last message, whose UID may be smaller (RFC 3501 section 6.4.8).
  if (!Array.isArray(there)) return 0;
  return Math.max(0, opened.uidNext - next - there.filter((uid) => uid >= next).length - byUs);
};

/** As a CRM does that looks for Japanese words; it asks for the newest message only. */
const searchUtf8 = async (session: ImapSession): Promise<Step | undefined> => {
  const { client } = session;
  if (!client.mailbox || client.mailbox.exists === 0) return undefined;
  const { step, value } = await session.step(() => client.search({ seq: '*', subject: '送受信テスト' }, { uid: true }));
  return step.kind === 'accepted' && !Array.isArray(value) ? undefined : step;
};

/**
 * Looks for the message until it is there or the time is over, removes it, and with it its other copies, the copy among the
 * sent ones and the reports that answer it.
 */
export const searchImap = async (
  session: ImapSession,
  sent: TestMessage,
  {
    folder,
    before,
    sentAt,
    timeoutMs,
    signal,
  }: {
    readonly folder: string;
    readonly before: Survey;
    /** A time of `performance.now()`. */
    readonly sentAt: number;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<Search> => {
  const deadline = sentAt + timeoutMs;
  const usual = usualPlaces(folder);
  const { places } = before;
  const searcher = new Searcher(session, sent, sentAt);
  let wait = firstWaitMs;
  let othersAt = performance.now() + othersEveryMs;
  let hit = await searcher.lookInto(usual);
  while (!hit) {
    const last = performance.now() >= deadline;
    const withOthers = last || performance.now() >= othersAt;
    hit = await searcher.lookInto([...usual, ...places.junk]);
    if (!hit && withOthers) {
      const now = places.next.size > 0 ? await listPlaces(session, folder) : places;
      hit = await searcher.lookInto(worthALook(places, now), deadline + lastLookMs);
      othersAt = performance.now() + othersEveryMs;
    }
    // A message that was returned will not come any more.
    if (hit || last || searcher.reports.some(({ kind }) => kind === 'failed')) break;
    const { step } = await session.step(() => session.client.noop());
    if (step.kind === 'broken') return { lookupFailed: step, removed: false };
    await pause(Math.max(0, Math.min(wait, deadline - performance.now())), signal);
    wait = Math.min(longestWaitMs, wait * 1.5);
  }
  const utf8Search = await searchUtf8(session);
  const byUs = searcher.reports.filter((report) => samePath(report.folder, folder) && report.removed).length;
  const taken = hit ? 0 : await takenFrom(session, folder, { next: before.next, byUs });
  // The rest of what is ours: a second copy, and the one among the sent messages.
  const now = hit && places.next.size > 0 ? await listPlaces(session, folder) : places;
  const until = performance.now() + lastLookMs;
  const again = hit ? [...usual, ...places.junk, ...(places.next.size > 0 ? worthALook(places, now) : [])] : [];
  for (const place of again) {
    if (performance.now() > until) break;
    await searcher.look(place);
  }
  let sentCopies = 0;
  for (const path of places.sent) sentCopies += await searcher.clearSent(path);
  const passage: Passage = {
    taken,
    ...(searcher.vanishedFrom === undefined ? {} : { vanishedFrom: searcher.vanishedFrom }),
  };
  const [first, ...copies] = searcher.ours;
  return {
    ...(first
      ? {
          found: {
            folder: printable(first.place.path),
            role: first.place.role,
            afterMs: first.afterMs,
            ...first.arrived,
            ...(first.place.specialUse ? { specialUse: printable(first.place.specialUse) } : {}),
            flags: first.flags,
          },
          raw: first.raw,
        }
      : {}),
    copies: copies.slice(0, 20).map(({ place }) => ({ folder: printable(place.path), role: place.role })),
    ...(places.sent.length > 0 ? { sentCopies } : {}),
    reports: searcher.reports.slice(0, 10),
    passage,
    specialUses: places.specialUses.map(printable),
    ...(utf8Search ? { utf8Search } : {}),
    removed: first !== undefined && searcher.removed,
  };
};

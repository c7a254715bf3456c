import { performance } from 'node:perf_hooks';
import type { Service } from '../model/mailbox.ts';
import type { DeliveryReport } from '../model/trip-facts.ts';
import { type ReportWords, reportOn } from './delivery-report.ts';
import { type Credentials, entryStep, inTurn, type LoginKit } from './login-attempt.ts';
import { type Arrived, inspect, type TestMessage } from './login-message.ts';
import type { Pop3Session } from './login-pop3.ts';
import { since } from './login-reply.ts';
import { pause, type Search } from './login-search.ts';
import type { Transcript } from './login-transcript.ts';
import { enterPop3, loginDelayOf, nothingSeen, statOf } from './pop3-login.ts';

const firstWaitMs = 500;

/** A new message is among the last ones; each costs a round trip. */
const newest = 20;

/** By its header alone a message may be ours, or a report on ours. */
const mayBeOurs = (head: readonly Buffer[], { mark, messageId, token }: TestMessage): boolean =>
  head.some((line) => {
    const text = line.subarray(0, 2_000).toString('latin1');
    return text.includes(mark) || text.includes(messageId) || text.includes(token) || /multipart\/report/i.test(text);
  });

interface Hit {
  readonly number: number;
  readonly raw: Buffer;
  readonly arrived?: Arrived;
  readonly report?: ReportWords;
}

/** Unique ids that were looked at. */
type Known = Map<string, 'ours' | 'strange'>;

/** What is ours among the newest messages of one session that were not looked at before, newest first. */
const lookIn = async (session: Pop3Session, sent: TestMessage, known: Known): Promise<readonly Hit[]> => {
  const hits: Hit[] = [];
  const [stat] = await session.commands(['STAT']);
  const count = statOf(stat)?.messages ?? 0;
  for (let number = count; number > Math.max(0, count - newest); number -= 1) {
    const [uidl] = await session.commands([`UIDL ${number}`]);
    const unique = uidl?.kind === 'accepted' ? (uidl.reply.text.split(' ')[1] ?? '') : '';
    // Whatever is older was looked at as well.
    if (unique !== '' && known.has(unique)) return hits;
    const top = await session.list(`TOP ${number} 0`);
    if (top.step.kind === 'broken') return hits;
    // TOP is optional (RFC 1939 section 7).
    const whole = top.body && !mayBeOurs(top.body, sent) ? undefined : await session.list(`RETR ${number}`);
    const raw = whole?.body && Buffer.concat(whole.body.flatMap((line) => [line, Buffer.from('\r\n')]));
    const arrived = raw && inspect(raw, sent);
    const report = raw && !arrived ? reportOn(raw, sent) : undefined;
    if (raw && arrived) hits.push({ arrived, number, raw });
    else if (raw && report) hits.push({ report, number, raw });
    if (unique !== '') known.set(unique, arrived || report ? 'ours' : 'strange');
  }
  return hits;
};

/** Messages that were looked at and are gone by the next session: somebody else takes them away. */
const goneSince = async (session: Pop3Session, known: Known): Promise<number> => {
  if (known.size === 0) return 0;
  const { body } = await session.list('UIDL');
  if (!body) return 0;
  const there = new Set(body.map((line) => line.toString('latin1').split(' ')[1] ?? ''));
  return [...known].filter(([unique, whose]) => whose === 'strange' && !there.has(unique)).length;
};

/** DELE takes effect at QUIT (RFC 1939 section 6). */
const removeAll = async (session: Pop3Session, hits: readonly Hit[]): Promise<boolean> => {
  const deleted = await session.commands(hits.map(({ number }) => `DELE ${number}`));
  const [quit] = await session.commands(['QUIT']);
  session.close();
  return deleted.length === hits.length && [...deleted, quit].every((step) => step?.kind === 'accepted');
};

/** Looks in new sessions, since POP3 shows a mailbox as it was at login (RFC 1939 section 5), and removes what it finds. */
export const searchPop3 = async (
  kit: LoginKit,
  service: Service,
  sent: TestMessage,
  {
    credentials,
    transcript,
    sentAt,
    timeoutMs,
    signal,
  }: {
    readonly credentials: Credentials;
    readonly transcript: Transcript;
    readonly sentAt: number;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<Search> => {
  const deadline = sentAt + timeoutMs;
  const known: Known = new Map();
  const reports: DeliveryReport[] = [];
  let wait = firstWaitMs;
  for (;;) {
    const seen = nothingSeen();
    const entered = await inTurn(kit, service, () =>
      enterPop3(kit, service, { credentials, transcript, seen, signal }),
    );
    if (entered.kind === 'out') {
      const step = entryStep(entered);
      const again = step.kind === 'refused' && ['IN-USE', 'LOGIN-DELAY', 'SYS/TEMP'].includes(step.reply.tag ?? '');
      if (!again || performance.now() >= deadline) return { lookupFailed: step, removed: false };
    } else {
      const { session } = entered;
      const last = performance.now() >= deadline;
      const taken = last ? await goneSince(session, known) : 0;
      const hits = await lookIn(session, sent, known);
      const afterMs = since(sentAt);
      if (hits.length > 0) {
        const removed = await removeAll(session, hits);
        for (const { report } of hits) if (report) reports.push({ ...report, folder: 'INBOX', afterMs, removed });
        const [first, ...copies] = hits.flatMap(({ arrived, raw }) => (arrived ? [{ arrived, raw }] : []));
        const over = first !== undefined || last || reports.some(({ kind }) => kind === 'failed');
        if (over) {
          return {
            ...(first ? { found: { folder: 'INBOX', role: 'inbox', afterMs, ...first.arrived }, raw: first.raw } : {}),
            copies: copies.map(() => ({ folder: 'INBOX', role: 'inbox' })),
            reports,
            passage: { taken },
            removed: first !== undefined && removed,
          };
        }
      } else session.leave();
      if (last) return { reports, passage: { taken }, removed: false };
    }
    const delay = (loginDelayOf(seen) ?? 0) * 1_000;
    await pause(Math.max(delay, Math.min(wait, Math.max(0, deadline - performance.now()))), signal);
    // A doubling wait keeps within the limit of connections.
    wait *= 2;
  }
};

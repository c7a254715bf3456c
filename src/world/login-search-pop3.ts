import { performance } from 'node:perf_hooks';
import type { Service } from '../model/mailbox.ts';
import type { Kit } from './kit.ts';
import { type Credentials, entryStep, inTurn } from './login-attempt.ts';
import { type Arrived, inspect, markHeader, type TestMessage } from './login-message.ts';
import type { Pop3Session } from './login-pop3.ts';
import { since } from './login-reply.ts';
import { pause, type Search } from './login-search.ts';
import type { Transcript } from './login-transcript.ts';
import { enterPop3, loginDelayOf, nothingSeen, statOf } from './pop3-login.ts';

const firstWaitMs = 500;

/** A new message is among the last ones; each costs a round trip. */
const newest = 20;

const carries = (head: readonly Buffer[], mark: string): boolean => {
  const field = new RegExp(`^${markHeader}:\\s*${mark}\\s*$`, 'i');
  return head.some((line) => field.test(line.toString('latin1')));
};

interface Hit {
  readonly arrived: Arrived;
  readonly number: number;
}

/** The newest messages of one session that were not looked at before, newest first. */
const lookIn = async (session: Pop3Session, sent: TestMessage, known: Set<string>): Promise<Hit | undefined> => {
  const [stat] = await session.commands(['STAT']);
  const count = statOf(stat)?.messages ?? 0;
  for (let number = count; number > Math.max(0, count - newest); number -= 1) {
    const [uidl] = await session.commands([`UIDL ${number}`]);
    const unique = uidl?.kind === 'accepted' ? (uidl.reply.text.split(' ')[1] ?? '') : '';
    if (unique !== '' && known.has(unique)) return undefined;
    const top = await session.list(`TOP ${number} 0`);
    if (top.step.kind === 'broken') return undefined;
    // TOP is optional (RFC 1939 section 7).
    const whole = top.body && !carries(top.body, sent.mark) ? undefined : await session.list(`RETR ${number}`);
    const arrived =
      whole?.body && inspect(Buffer.concat(whole.body.flatMap((line) => [line, Buffer.from('\r\n')])), sent);
    if (arrived) return { arrived, number };
    if (unique !== '') known.add(unique);
  }
  return undefined;
};

/** Looks in new sessions, since POP3 shows a mailbox as it was at login (RFC 1939 section 5), and removes what it finds. */
export const searchPop3 = async (
  kit: Kit,
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
  const known = new Set<string>();
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
      const hit = await lookIn(session, sent, known);
      const afterMs = since(sentAt);
      if (hit) {
        // DELE takes effect at QUIT (section 6).
        const [dele, quit] = [
          ...(await session.commands([`DELE ${hit.number}`])),
          ...(await session.commands(['QUIT'])),
        ];
        session.close();
        const { mark: _mark, ...arrived } = hit.arrived;
        return {
          found: { folder: 'INBOX', role: 'inbox', afterMs, ...arrived },
          removed: dele?.kind === 'accepted' && quit?.kind === 'accepted',
        };
      }
      session.leave();
      if (last) return { removed: false };
    }
    const delay = (loginDelayOf(seen) ?? 0) * 1_000;
    await pause(Math.max(delay, Math.min(wait, Math.max(0, deadline - performance.now()))), signal);
    // A doubling wait keeps within the limit of connections.
    wait *= 2;
  }
};

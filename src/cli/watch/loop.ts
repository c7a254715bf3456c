import type { Text } from '../../model/text.ts';
import { realFiles } from '../../runbook/files.ts';
import { waitMs } from '../../watch/schedule/jobs.ts';
import type { WatchState } from '../../watch/state.ts';
import type { Context } from '../command.ts';
import type { Watcher } from './bench.ts';
import { interruptsOf } from './interrupts.ts';
import { tellerOf, writeRound } from './lines.ts';
import { failureText } from './own.ts';
import { makeRound } from './round.ts';
import type { Rounded } from './rounded.ts';
import { configMark, type WatchFlags, type Watching, watchingOf } from './watching.ts';

/** The clock; a test has one of its own. */
export interface Clock {
  readonly now: () => Date;
  /** Ends early, and without an error, when the signal does. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const realClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
    }),
};

/** After a failure of our own it is not tried again at once. */
const firstPauseMs = 60_000;
const longestPauseMs = 15 * 60_000;

const pauseAfter = (times: number): number => Math.min(firstPauseMs * 2 ** Math.min(times - 1, 10), longestPauseMs);

/** A configuration that was read, and what can be seen of its file without reading it. */
interface Read {
  readonly watching: Watching;
  readonly mark: string;
}

/** The configuration of now where it was changed; a broken one leaves the last good one in force. */
const readAgain = async (
  last: Read,
  flags: WatchFlags,
  context: Context,
  wanted: boolean,
): Promise<{ readonly read: Read; readonly trouble?: unknown }> => {
  const mark = await configMark(last.watching.target);
  if (!wanted && mark === last.mark) return { read: last };
  try {
    return { read: { watching: await watchingOf(flags, context), mark } };
  } catch (error) {
    // Its file is read by the workflows too.
    const { watching } = last;
    return {
      read: { ...last, watching: { ...watching, target: { ...watching.target, workflow: false } } },
      trouble: error,
    };
  }
};

const stopped: Record<'SIGINT' | 'SIGTERM', Text> = {
  SIGINT: { en: 'stopped (SIGINT)', ja: '終了しました (SIGINT)' },
  SIGTERM: { en: 'stopped (SIGTERM)', ja: '終了しました (SIGTERM)' },
};

/** Round after round until a signal ends it; its exit code. `rounds`: ends by itself after so many (tests). */
export const watchLoop = async (
  flags: WatchFlags,
  given: Context,
  { clock = realClock, rounds = Number.POSITIVE_INFINITY }: { readonly clock?: Clock; readonly rounds?: number } = {},
): Promise<number> => {
  const first = await watchingOf(flags, given);
  let read: Read = { watching: first, mark: await configMark(first.target) };
  const signals = interruptsOf(given.io);
  const context: Context = { ...given, language: first.language, io: signals.io };
  const watcher: Watcher = { flags, context, now: clock.now, files: realFiles, signal: signals.ending };
  const { out, err } = given.io;
  let unsaved: WatchState | undefined;
  let failures = 0;
  let troubleTold = '';
  const tell = (rounded: Rounded, isTold: boolean): void => {
    const teller = tellerOf(flags, { ...context, language: read.watching.language }, read.watching.schedule.timeZone);
    // A loop does not say every minute that it has nothing to say.
    if (isTold || (rounded.kind === 'idle' && !rounded.flushed)) return;
    writeRound(rounded, clock.now().getTime(), teller, given.io);
  };
  try {
    for (let left = rounds; left > 0 && !signals.ending.aborted; left -= 1) {
      const again = await readAgain(read, flags, context, signals.takeHangup() || troubleTold !== '');
      read = again.read;
      const says = again.trouble === undefined ? '' : failureText(again.trouble)[read.watching.language];
      if (says !== '' && says !== troubleTold) err.write(`crm-doctor: ${says}\n`);
      troubleTold = says;
      let rounded: Rounded;
      try {
        rounded = await makeRound(watcher, read.watching, {
          ...(unsaved ? { unsaved } : {}),
          ...(again.trouble === undefined ? {} : { trouble: again.trouble }),
        });
      } catch (error) {
        // Nothing could be remembered, not even that it failed.
        rounded = { kind: 'failed', says: failureText(error), times: failures + 1, ...(unsaved ? { unsaved } : {}) };
      }
      // A broken configuration was told above, and its mending is not to be waited for.
      const isTold = rounded.kind === 'failed' && again.trouble !== undefined;
      failures = rounded.kind === 'failed' && !isTold ? failures + 1 : 0;
      if (rounded.kind !== 'taken') unsaved = rounded.unsaved;
      tell(rounded, isTold);
      if (signals.ending.aborted) break;
      const now = clock.now().getTime();
      const next = rounded.kind === 'taken' ? undefined : rounded.nextAt;
      const pause = failures > 0 ? pauseAfter(failures) : waitMs(next, now);
      // However soon the next turn: two rounds in a second are one too many.
      await clock.sleep(Math.max(1000, pause), signals.waking());
    }
  } finally {
    signals.deaf();
  }
  const by = signals.by();
  if (by === undefined) return 0;
  if (!flags.quiet && !flags.json && (flags.format ?? []).length === 0) {
    const { time } = tellerOf(flags, context, read.watching.schedule.timeZone);
    out.write(`${time(clock.now().getTime())}  ${stopped[by][read.watching.language]}\n`);
  }
  return by === 'SIGINT' ? 130 : 143;
};

/** One round, for whoever has a timer of their own; its exit code. */
export const watchOnce = async (flags: WatchFlags, given: Context, now = (): Date => new Date()): Promise<number> => {
  const watching = await watchingOf(flags, given);
  const signals = interruptsOf(given.io);
  const context: Context = { ...given, language: watching.language, io: signals.io };
  try {
    const rounded = await makeRound({ flags, context, now, files: realFiles, signal: signals.ending }, watching);
    const teller = tellerOf(flags, context, watching.schedule.timeZone);
    writeRound(rounded, now().getTime(), teller, given.io);
    const by = signals.by();
    if (by !== undefined) return by === 'SIGINT' ? 130 : 143;
    switch (rounded.kind) {
      case 'taken':
      case 'idle':
        return 0;
      case 'failed':
        return 3;
      default:
        return rounded.code;
    }
  } finally {
    signals.deaf();
  }
};

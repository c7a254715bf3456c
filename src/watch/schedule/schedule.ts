import type { Pace, WatchConfig } from '../../model/watch.ts';
import { paceOf } from '../../reason/watch/paces.ts';
import { type NextTime, openCron } from './cron.ts';
import { shareOf } from './spread.ts';
import { lasts, onceWindow, quietWindow, recurringWindow, type Window } from './windows.ts';

/** When one kind of check has its turns, all of them later by `shiftMs`. */
export type Rhythm =
  | { readonly kind: 'interval'; readonly ms: number; readonly shiftMs: number }
  | { readonly kind: 'cron'; readonly next: NextTime; readonly shiftMs: number }
  | { readonly kind: 'never' };

/** A configuration made ready: cron expressions opened, times in its time zone. Moments are milliseconds since 1970. */
export interface Schedule {
  readonly timeZone: string;
  readonly keepMs: number;
  readonly rhythmOf: (kind: string) => Rhythm;
  /** Until when nothing is looked at. */
  readonly restsUntil: (at: number) => number | undefined;
  /** Until when a maintenance lasts, looked at or not: its faults are not told. */
  readonly maintainedUntil: (at: number) => number | undefined;
  /** Until when it is quiet; with `critical`, for critical news too. */
  readonly quietUntil: (at: number, critical?: boolean) => number | undefined;
}

/** What a schedule takes from its machine. */
export interface Place {
  readonly timeZone: string;
  /** What tells it from the others that look at the same servers; undefined: its turns are not shifted (an outer timer calls). */
  readonly machine?: string;
}

const noWatch: WatchConfig = { every: [], quietHours: [], maintenance: [] };
const defaultJitterMs = 60_000;
const defaultKeepMs = 90 * 86_400_000;

const cronsOf = ({ every, maintenance }: WatchConfig): readonly string[] => [
  ...every.flatMap(({ pace }) => (pace.kind === 'cron' ? [pace.expression] : [])),
  ...maintenance.flatMap((one) => (one.kind === 'recurring' ? [one.cron] : [])),
];

const never: NextTime = () => undefined;

/** Makes a configuration ready; without one, the usual paces hold. */
export const openSchedule = async (config: WatchConfig | undefined, place: Place): Promise<Schedule> => {
  const watch = config ?? noWatch;
  const timeZone = watch.timeZone ?? place.timeZone;
  const expressions = [...new Set(cronsOf(watch))];
  const opened = new Map(
    await Promise.all(expressions.map(async (one) => [one, await openCron(one, timeZone)] as const)),
  );
  const nextOf = (expression: string): NextTime => opened.get(expression) ?? never;
  // One share for all kinds: what has its turn at the same time stays one round.
  const shift =
    place.machine === undefined ? 0 : Math.floor(shareOf(place.machine) * (watch.jitterMs ?? defaultJitterMs));
  const rhythm = (pace: Pace): Rhythm => {
    switch (pace.kind) {
      case 'interval':
        return { kind: 'interval', ms: pace.ms, shiftMs: shift };
      case 'cron':
        return { kind: 'cron', next: nextOf(pace.expression), shiftMs: shift };
      case 'never':
        return pace;
    }
  };
  const maintenance = watch.maintenance.map((one) => ({
    look: one.look,
    window: one.kind === 'once' ? onceWindow(one, timeZone) : recurringWindow(nextOf(one.cron), one.forMs),
  }));
  const windowsOf = (all: readonly { readonly window: Window }[]) => all.map(({ window }) => window);
  const resting = windowsOf(maintenance.filter(({ look }) => !look));
  const quiet = watch.quietHours.map((hours) => ({ hours, window: quietWindow(hours, timeZone) }));
  const quietForCritical = windowsOf(quiet.filter(({ hours }) => hours.except === undefined));
  const [maintained, quietForMost] = [windowsOf(maintenance), windowsOf(quiet)];
  return {
    timeZone,
    keepMs: watch.keepMs ?? defaultKeepMs,
    rhythmOf: (kind) => rhythm(paceOf(watch.every, kind)),
    restsUntil: (at) => lasts(resting, at),
    maintainedUntil: (at) => lasts(maintained, at),
    quietUntil: (at, critical = false) => lasts(critical ? quietForCritical : quietForMost, at),
  };
};

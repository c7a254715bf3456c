import type { Rhythm, Schedule } from './schedule.ts';

/** One kind of check with what is remembered of it. Moments are milliseconds since 1970. */
export interface Job {
  /** Id of the check. */
  readonly kind: string;
  readonly rhythm: Rhythm;
  /** Since when it is watched. */
  readonly since: number;
  readonly lastAt?: number;
}

/** What the state keeps of a kind; ISO 8601. */
export interface Look {
  readonly since: string;
  readonly lastAt?: string;
}

const minute = 60_000;

/** A clock that is set right moves by seconds. What was done later than this after now was done by a clock that was wrong. */
const believedAheadMs = 5 * minute;

/** A moment of the past; one that lies ahead counts as now, or nothing would be looked at until then. */
const believed = (text: string | undefined, now: number): number | undefined => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return at > now + believedAheadMs ? now : at;
};

/** The kinds with what the state knows of them; kinds that are not there any more are forgotten. */
export const jobsOf = (
  schedule: Schedule,
  kinds: readonly string[],
  looks: Readonly<Record<string, Look>>,
  now: number,
): readonly Job[] =>
  kinds.map((kind) => {
    const look = Object.hasOwn(looks, kind) ? looks[kind] : undefined;
    const lastAt = believed(look?.lastAt, now);
    return {
      kind,
      rhythm: schedule.rhythmOf(kind),
      since: believed(look?.since, now) ?? now,
      ...(lastAt === undefined ? {} : { lastAt }),
    };
  });

/** What the state is to keep of them: after every `jobsOf`, so that a clock that jumped is dealt with once. */
export const looksOf = (jobs: readonly Job[]): Readonly<Record<string, Look>> =>
  Object.fromEntries(
    jobs.map(({ kind, since, lastAt }): [string, Look] => [
      kind,
      {
        since: new Date(since).toISOString(),
        ...(lastAt === undefined ? {} : { lastAt: new Date(lastAt).toISOString() }),
      },
    ]),
  );

/** The same jobs after these kinds were looked at; `at` is when the round began. */
export const lookedAt = (jobs: readonly Job[], kinds: readonly string[], at: number): readonly Job[] =>
  jobs.map((job) => (kinds.includes(job.kind) ? { ...job, lastAt: at } : job));

/**
 * How long after a look the next turn may come at the earliest: a look out of turn (a first one, one after a pause) does not
 * have the regular one at its heels. An outer timer may be some seconds early against the last time.
 */
const leastBetween = (ms: number): number => Math.max(ms / 2, Math.min(ms, 5 * minute) - minute / 2);

/** When its next turn is or was; however many have passed, one look makes up for them. Undefined: never. */
const turnOf = ({ rhythm, since, lastAt }: Job): number | undefined => {
  switch (rhythm.kind) {
    case 'interval': {
      // What was never looked at is looked at once, so that a wrong setting shows at the start.
      if (lastAt === undefined) return since;
      const earliest = lastAt + leastBetween(rhythm.ms);
      return Math.ceil((earliest - rhythm.shiftMs) / rhythm.ms) * rhythm.ms + rhythm.shiftMs;
    }
    case 'cron': {
      // Whoever writes down a time means this time: a look at noon is not wanted for what is to run at night.
      const next = rhythm.next((lastAt ?? since) - rhythm.shiftMs);
      return next === undefined ? undefined : next + rhythm.shiftMs;
    }
    case 'never':
      return undefined;
  }
};

/** The kinds whose turn has come; none while a maintenance is not to be looked at. */
export const dueAt = (schedule: Schedule, jobs: readonly Job[], now: number): readonly string[] => {
  if (schedule.restsUntil(now) !== undefined) return [];
  return jobs.flatMap((job) => {
    const turn = turnOf(job);
    return turn !== undefined && turn <= now ? [job.kind] : [];
  });
};

/** When the next turn is: now or later. Undefined: never. */
export const nextAt = (schedule: Schedule, jobs: readonly Job[], now: number): number | undefined => {
  const turns = jobs.flatMap((job) => turnOf(job) ?? []);
  if (turns.length === 0) return undefined;
  const next = Math.max(now, Math.min(...turns));
  return schedule.restsUntil(next) ?? next;
};

/**
 * How long to wait before looking at the clock again: never more than a minute, as a timer stands still while the machine
 * sleeps, and knows nothing of a clock that was set.
 */
export const waitMs = (next: number | undefined, now: number): number =>
  Math.min(minute, Math.max(0, (next ?? Number.POSITIVE_INFINITY) - now));

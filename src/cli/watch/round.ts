import type { Attempt } from '../../model/login.ts';
import type { Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import type { Alert } from '../../notify/alerts.ts';
import { type Flushed, flush } from '../../notify/flush.ts';
import { recover } from '../../notify/outbox.ts';
import { post } from '../../notify/post.ts';
import { seenOf } from '../../notify/seen.ts';
import { awaiting, step } from '../../notify/step.ts';
import { kindOf, leastLoginMs } from '../../reason/watch/paces.ts';
import type { Files } from '../../runbook/files.ts';
import type { Holder } from '../../runbook/holder.ts';
import { runbookDirectory } from '../../runbook/runbook.ts';
import { clearOld } from '../../watch/clear.ts';
import { afterLogins, type RefusedLogin, waitingIn, waitsAfterBreaks, withoutGood } from '../../watch/logins.ts';
import { goodSince } from '../../watch/person-logins.ts';
import { afterRun, type Rows } from '../../watch/rows.ts';
import { dueAt, type Job, jobsOf, lookedAt, looksOf, nextAt } from '../../watch/schedule/jobs.ts';
import type { WatchState } from '../../watch/state.ts';
import { openStore, type WatchStore } from '../../watch/store.ts';
import { takeTurn } from '../../watch/turn.ts';
import type { Context } from '../command.ts';
import { type Look, look } from './look.ts';
import { ownFailure, ownNotice } from './own.ts';
import { settingsMark, type WatchFlags, type Watching } from './watching.ts';

/** What makes the rounds of one process. */
export interface Watcher {
  readonly flags: WatchFlags;
  readonly context: Context;
  readonly now: () => Date;
  readonly files: Files;
  /** Ends the sending of notifications. */
  readonly signal: AbortSignal;
}

/** A problem that came or went. */
export interface Change {
  readonly kind: 'new' | 'gone';
  readonly cause: string;
  readonly mailbox: string;
  readonly severity: string;
  readonly title: Text;
}

export type Rounded =
  /** Another process is looking. */
  | { readonly kind: 'taken'; readonly holder: Holder | undefined }
  | ({ readonly kind: 'idle'; readonly restsUntil?: number } & After)
  | ({ readonly kind: 'interrupted'; readonly code: number } & After)
  | ({
      readonly kind: 'looked';
      readonly at: string;
      readonly looked: readonly string[];
      readonly status: Report['status'];
      readonly code: number;
      /** Only where the run was kept. */
      readonly run?: string;
      readonly changes: readonly Change[];
      /** Problems that are there now. */
      readonly open: number;
      /** Logins that wait because an earlier one was refused. */
      readonly waiting: number;
      readonly notices: number;
    } & After)
  /** It could not do its own work. */
  | ({ readonly kind: 'failed'; readonly says: Text; readonly times: number } & After);

interface After {
  readonly nextAt?: number;
  readonly flushed?: Flushed;
  /** Where a damaged state was set aside. */
  readonly broken?: string;
  /** What could not be written to the disk, for the next round of this process. */
  readonly unsaved?: WatchState;
}

const dayMs = 86_400_000;

const isOlder = (time: string | undefined, ms: number, now: Date): boolean =>
  time === undefined || !(Math.abs(now.getTime() - Date.parse(time)) < ms);

const keyOf = ({ mailbox, cause }: Alert): string => JSON.stringify([mailbox, cause]);

const changesOf = (before: readonly Alert[], after: readonly Alert[]): readonly Change[] => {
  const bad = (alerts: readonly Alert[]) => new Map(alerts.filter((one) => one.bad).map((one) => [keyOf(one), one]));
  const [was, is] = [bad(before), bad(after)];
  const told = (kind: Change['kind'], from: ReadonlyMap<string, Alert>, other: ReadonlyMap<string, Alert>) =>
    [...from].flatMap(([key, { cause, mailbox, severity, title }]) =>
      other.has(key) ? [] : [{ kind, cause, mailbox, severity, title }],
    );
  return [...told('gone', was, is), ...told('new', is, was)];
};

/** The state of one turn; what cannot be written is still known to this process. */
class Keeper {
  state: WatchState;
  readonly #store: WatchStore;
  /** Why the state on the disk is not this one. */
  failure: unknown;

  constructor(store: WatchStore, state: WatchState) {
    this.#store = store;
    this.state = state;
  }

  async save(next: WatchState): Promise<boolean> {
    this.state = next;
    try {
      await this.#store.write(next);
      this.failure = undefined;
      return true;
    } catch (error) {
      this.failure = error;
      return false;
    }
  }
}

/** Kinds whose new problem waits to be confirmed are looked at again soon, but never so soon that a server minds. */
const againAt = (state: WatchState, jobs: readonly Job[]): ReadonlyMap<string, number> => {
  const kinds = new Set(awaiting(state.alerts).flatMap(({ checks }) => checks));
  return new Map(
    jobs.flatMap(({ kind, lastAt }) =>
      kinds.has(kind) && lastAt !== undefined ? [[kind, lastAt + leastLoginMs]] : [],
    ),
  );
};

const dueOf = (
  { schedule, kinds }: Watching,
  { all = false }: WatchFlags,
  state: WatchState,
  jobs: readonly Job[],
  now: number,
): readonly string[] => {
  if (schedule.restsUntil(now) !== undefined) return [];
  if (all) return kinds;
  const due = new Set(dueAt(schedule, jobs, now));
  for (const [kind, at] of againAt(state, jobs)) if (at <= now) due.add(kind);
  return kinds.filter((kind) => due.has(kind));
};

const nextOf = ({ schedule }: Watching, state: WatchState, jobs: readonly Job[], now: number, flushed?: Flushed) => {
  const sending = flushed?.nextAt === undefined ? [] : [Date.parse(flushed.nextAt)];
  const looking = [nextAt(schedule, jobs, now) ?? [], ...againAt(state, jobs).values()].flat();
  const rest = schedule.restsUntil(now);
  const all = [...looking.map((at) => Math.max(at, rest ?? at)), ...sending];
  return all.length === 0 ? undefined : Math.min(...all);
};

const seenRows = (rows: Rows) => {
  let after = rows;
  let changed = false;
  return {
    see: (report: Report): boolean => {
      ({ rows: after, changed } = afterRun(rows, report));
      return changed;
    },
    rows: () => after,
  };
};

/** Labels of what is looked at, where all of them are known before the look. */
const subjectsOf = ({ target: { subjects, sync, workflow } }: Watching): readonly string[] | undefined =>
  workflow || subjects.some(({ kind }) => kind === 'crm')
    ? undefined
    : [...subjects, ...sync].map(({ label }) => label);

class Round {
  readonly #watcher: Watcher;
  readonly #watching: Watching;
  readonly #keeper: Keeper;
  readonly #directory: string;
  /** Nothing is known from before although the disk has a state: no memory of refused logins. */
  readonly #blind: boolean;

  constructor(watcher: Watcher, watching: Watching, keeper: Keeper, directory: string, blind: boolean) {
    this.#watcher = watcher;
    this.#watching = watching;
    this.#keeper = keeper;
    this.#directory = directory;
    this.#blind = blind;
  }

  async flush(): Promise<Flushed | undefined> {
    const keeper = this.#keeper;
    if (keeper.state.outbox.deliveries.length === 0) return undefined;
    const update: Parameters<typeof flush>[0]['update'] = async (change) => {
      const outbox = change(keeper.state.outbox);
      // What is not on the disk must not be sent.
      if (outbox !== keeper.state.outbox && !(await keeper.save({ ...keeper.state, outbox }))) throw keeper.failure;
      return outbox;
    };
    const { now, signal } = this.#watcher;
    return flush({ update }, this.#watching.channels, { now }, signal);
  }

  recover(): void {
    const { outbox } = this.#keeper.state;
    const repeatable = new Set(this.#watching.channels.flatMap((one) => (one.repeatable ? [one.name] : [])));
    this.#keeper.state = { ...this.#keeper.state, outbox: recover(outbox, repeatable, this.#watcher.now()) };
  }

  async idle(jobs: readonly Job[], now: number): Promise<Rounded> {
    const keeper = this.#keeper;
    const before = keeper.state;
    const looks = looksOf(jobs);
    // A time of the day counts from the moment at which it was first known.
    if (JSON.stringify(looks) !== JSON.stringify(before.jobs)) await keeper.save({ ...before, jobs: looks });
    const flushed = await this.flush();
    const restsUntil = this.#watching.schedule.restsUntil(now);
    return {
      kind: 'idle',
      ...this.#after(jobs, flushed),
      ...(restsUntil === undefined ? {} : { restsUntil }),
    };
  }

  #after(jobs: readonly Job[], flushed?: Flushed): After {
    const keeper = this.#keeper;
    const next = nextOf(this.#watching, keeper.state, jobs, this.#watcher.now().getTime(), flushed);
    return {
      ...(next === undefined ? {} : { nextAt: next }),
      ...(flushed ? { flushed } : {}),
      ...(keeper.failure === undefined ? {} : { unsaved: keeper.state }),
    };
  }

  async look(due: readonly string[], jobs: readonly Job[], start: Date): Promise<Rounded> {
    const { files, flags, context, now } = this.#watcher;
    const keeper = this.#keeper;
    const { target } = this.#watching;
    const before = keeper.state;
    const settings = await settingsMark(target.file, target.sources);
    const refused = withoutGood(before.logins, await goodSince(files, this.#directory, before.logins));
    const logsIn = due.some((kind) => kindOf(kind).logsIn);
    const broken = waitsAfterBreaks(before.breaks, start);
    const { breaks, ...whole } = before;
    const times = (breaks?.times ?? 0) + 1;
    const counted = logsIn && !broken ? { times, lastAt: start.toISOString() } : breaks;
    const saved = await keeper.save({
      ...whole,
      ...(counted ? { breaks: counted } : {}),
      jobs: looksOf(jobs),
      logins: refused,
      round: { startedAt: start.toISOString(), looked: due },
    });
    // What came of a login could not be remembered: then none is made.
    const noLogins = broken || (!saved && this.#blind);
    const waits = waitingIn(refused, start, settings);
    const { see, rows } = seenRows(before.rows);
    let attempts: readonly Attempt[] = [];
    let looked: Look | undefined;
    const logins = (): readonly RefusedLogin[] => afterLogins(refused, attempts, start, settings);
    const unbroken = (): WatchState => {
      const { breaks: over, ...rest } = keeper.state;
      return { ...rest, ...(broken && over ? { breaks: over } : {}), logins: logins() };
    };
    try {
      looked = await look(this.#watching, flags, context, {
        due,
        now,
        waiting: (login) => noLogins || waits(login),
        eventful: (report) => {
          const changed = see(report);
          return report.run.interrupted === undefined && (changed || isOlder(before.keptAt, dayMs, start));
        },
        attempts: (made) => {
          attempts = made;
        },
      });
    } catch (error) {
      await keeper.save(unbroken());
      throw error;
    }
    const interrupted = looked?.report.run.interrupted;
    if (looked && interrupted) {
      await keeper.save(unbroken());
      return { kind: 'interrupted', code: looked.report.exitCode, ...this.#after(jobs) };
    }
    const after = lookedAt(jobs, due, start.getTime());
    const told = looked ? this.#step(looked) : { alerts: before.alerts, notices: [] };
    const { own: _over, ...rest } = unbroken();
    const run = looked?.kept ? looked.report.run.id : undefined;
    await keeper.save({
      ...rest,
      jobs: looksOf(after),
      alerts: told.alerts,
      outbox: post(rest.outbox, told.notices, this.#watching.channels, now()),
      rows: rows(),
      round: {
        startedAt: start.toISOString(),
        looked: due,
        finishedAt: now().toISOString(),
        ...(looked ? { status: looked.report.status } : {}),
        ...(run === undefined ? {} : { run }),
      },
      ...(run === undefined ? {} : { keptAt: start.toISOString() }),
    });
    await this.#clear(start);
    const flushed = await this.flush();
    const waitsAfter = waitingIn(keeper.state.logins, now(), settings);
    return {
      kind: 'looked',
      at: start.toISOString(),
      looked: due,
      status: looked?.report.status ?? 'unknown',
      code: looked?.report.exitCode ?? 3,
      ...(run === undefined ? {} : { run }),
      changes: changesOf(before.alerts.open, told.alerts.open),
      open: told.alerts.open.filter(({ bad }) => bad).length,
      waiting: keeper.state.logins.filter(waitsAfter).length,
      notices: told.notices.length,
      ...this.#after(after, flushed),
    };
  }

  #step({ report, resolutions }: Look) {
    const { rules, schedule } = this.#watching;
    const at = this.#watcher.now();
    const seen = seenOf(report, {
      resolutions: resolutions.flatMap((one) =>
        one.kind === 'resolution'
          ? [
              {
                cause: one.cause,
                ...(one.mailbox === undefined ? {} : { mailbox: one.mailbox }),
                says: { en: one.text, ja: one.text },
              },
            ]
          : [],
      ),
    });
    const subjects = subjectsOf(this.#watching);
    return step(
      this.#keeper.state.alerts,
      seen,
      {
        at,
        quiet: schedule.quietUntil(at.getTime()) !== undefined,
        maintenance: schedule.maintainedUntil(at.getTime()) !== undefined,
      },
      { ...rules, ...(subjects ? { subjects } : {}) },
    );
  }

  /** Once a day. That it cannot be done keeps nobody from looking. */
  async #clear(now: Date): Promise<void> {
    const { state } = this.#keeper;
    if (!isOlder(state.clearedAt, dayMs, now)) return;
    await clearOld(this.#watcher.files, this.#directory, now, this.#watching.schedule.keepMs).catch(() => 0);
    await this.#keeper.save({ ...state, clearedAt: now.toISOString() });
  }

  /** What keeps us from our own work is written down and, when it lasts, told. */
  async failed(error: unknown, jobs: readonly Job[]): Promise<Rounded> {
    const { now } = this.#watcher;
    const keeper = this.#keeper;
    const own = ownFailure(keeper.state.own, error, now());
    const notice = ownNotice(own, now());
    const { outbox } = keeper.state;
    await keeper.save({
      ...keeper.state,
      own: notice ? { ...own, told: true } : own,
      outbox: notice ? post(outbox, [notice], this.#watching.channels, now()) : outbox,
    });
    const flushed = await this.flush().catch(() => undefined);
    return { kind: 'failed', says: own.says, times: own.times, ...this.#after(jobs, flushed) };
  }

  async go(trouble: unknown): Promise<Rounded> {
    const start = this.#watcher.now();
    const at = start.getTime();
    const jobs = jobsOf(this.#watching.schedule, this.#watching.kinds, this.#keeper.state.jobs, at);
    try {
      this.recover();
      const due = dueOf(this.#watching, this.#watcher.flags, this.#keeper.state, jobs, at);
      const rounded = due.length === 0 ? await this.idle(jobs, at) : await this.look(due, jobs, start);
      const wrong = trouble ?? this.#keeper.failure;
      if (wrong === undefined || rounded.kind === 'interrupted' || this.#watcher.signal.aborted) return rounded;
      // It looked, with what it has; the fault is told beside it.
      const failed = await this.failed(wrong, jobs);
      return rounded.kind === 'looked'
        ? { ...rounded, ...('unsaved' in failed ? { unsaved: failed.unsaved } : {}) }
        : failed;
    } catch (error) {
      return this.failed(error, jobs);
    }
  }
}

/** One round, alone: what is due is looked at, remembered, and told. `trouble`: what is wrong with the configuration of now. */
export const makeRound = async (
  watcher: Watcher,
  watching: Watching,
  { unsaved, trouble }: { readonly unsaved?: WatchState; readonly trouble?: unknown } = {},
): Promise<Rounded> => {
  const { files, flags, context, now } = watcher;
  const directory = runbookDirectory({ flag: flags.runbook, config: watching.target.runbook, env: context.io.env });
  const store = openStore(files, directory, now);
  await files.mkdir(directory);
  await files.mkdir(store.directory);
  const turn = await takeTurn(files, store.directory);
  if (turn.kind === 'taken') return turn;
  try {
    const { state, broken } = unsaved ? { state: unsaved, broken: undefined } : await store.read();
    const round = new Round(watcher, watching, new Keeper(store, state), directory, unsaved === undefined);
    const rounded = await round.go(trouble);
    return broken === undefined || rounded.kind === 'taken' ? rounded : { ...rounded, broken };
  } finally {
    await turn.release();
  }
};

import type { Attempt } from '../../model/login.ts';
import type { Report } from '../../model/report.ts';
import { kindOf } from '../../reason/watch/paces.ts';
import { runbookDirectory } from '../../runbook/runbook.ts';
import { clearOld } from '../../watch/clear.ts';
import { freshIn, noDrift } from '../../watch/drift.ts';
import { afterLogins, type RefusedLogin, waitingIn, waitsAfterBreaks, withoutGood } from '../../watch/logins.ts';
import { goodSince } from '../../watch/person-logins.ts';
import { afterRun, type Rows } from '../../watch/rows.ts';
import { type Job, jobsOf, lookedAt, looksOf } from '../../watch/schedule/jobs.ts';
import type { WatchState } from '../../watch/state.ts';
import { openStore } from '../../watch/store.ts';
import { takeTurn } from '../../watch/turn.ts';
import type { Bench, Watcher } from './bench.ts';
import { keeperOf } from './keeper.ts';
import { type Look, look } from './look.ts';
import { drifted, stepped } from './news.ts';
import { ownFailure, ownNotice } from './own.ts';
import { type After, changesOf, type Rounded } from './rounded.ts';
import { tellingOf } from './telling.ts';
import { dueOf, nextOf } from './turns.ts';
import { settingsMark, type Watching } from './watching.ts';

const dayMs = 86_400_000;

const isOlder = (time: string | undefined, ms: number, now: Date): boolean =>
  time === undefined || !(Math.abs(now.getTime() - Date.parse(time)) < ms);

const afterOf = ({ watching, watcher, keeper }: Bench, jobs: readonly Job[], flushed?: After['flushed']): After => {
  const next = nextOf(watching, keeper.state, jobs, watcher.now().getTime(), flushed);
  return {
    ...(next === undefined ? {} : { nextAt: next }),
    ...(flushed ? { flushed } : {}),
    ...(keeper.failure === undefined ? {} : { unsaved: keeper.state }),
  };
};

/** Sends what is due, and remembers the logins that were refused on the way. */
const flushed = async ({ keeper, telling, start, settings }: Bench): Promise<After['flushed']> => {
  const sent = await telling.flush();
  const refused = telling.refused();
  if (refused.length > 0) {
    await keeper.save({ ...keeper.state, logins: afterLogins(keeper.state.logins, refused, start, settings) });
  }
  return sent;
};

const idle = async (bench: Bench, jobs: readonly Job[]): Promise<Rounded> => {
  const { keeper, watching, start } = bench;
  const looks = looksOf(jobs);
  // A time of the day counts from the moment at which it was first known.
  const { own, ...state } = keeper.state;
  if (own || JSON.stringify(looks) !== JSON.stringify(state.jobs)) await keeper.save({ ...state, jobs: looks });
  const sent = await flushed(bench);
  const restsUntil = watching.schedule.restsUntil(start.getTime());
  return { kind: 'idle', ...afterOf(bench, jobs, sent), ...(restsUntil === undefined ? {} : { restsUntil }) };
};

const seeing = (before: Rows) => {
  let after = before;
  return {
    changed: (report: Report): boolean => {
      const { rows, changed } = afterRun(before, report);
      after = rows;
      return changed;
    },
    rows: () => after,
  };
};

/** Once a day. That it cannot be done keeps nobody from looking. */
const cleared = async ({ keeper, watcher, watching, directory, start }: Bench): Promise<void> => {
  if (!isOlder(keeper.state.clearedAt, dayMs, start)) return;
  await clearOld(watcher.files, directory, start, watching.schedule.keepMs).catch(() => 0);
  await keeper.save({ ...keeper.state, clearedAt: start.toISOString() });
};

/**
 * Before a login is made it is written down that one may be: a process that is killed in between has perhaps been refused.
 * Whether logins may be made.
 */
const announced = async (
  { keeper, start, first }: Bench,
  refused: readonly RefusedLogin[],
  due: readonly string[],
  jobs: readonly Job[],
): Promise<boolean> => {
  const { breaks, ...state } = keeper.state;
  const rests = waitsAfterBreaks(breaks, start);
  const logsIn = due.some((kind) => kindOf(kind).logsIn) && !rests;
  const counted = logsIn ? { times: (breaks?.times ?? 0) + 1, lastAt: start.toISOString() } : breaks;
  const saved = await keeper.save({
    ...state,
    ...(counted ? { breaks: counted } : {}),
    jobs: looksOf(jobs),
    logins: refused,
    round: { startedAt: start.toISOString(), looked: due },
  });
  // What came of a login could not be remembered: then none is made.
  return !rests && (saved || !first);
};

const lookRound = async (bench: Bench, due: readonly string[], jobs: readonly Job[]): Promise<Rounded> => {
  const { watcher, watching, keeper, telling, directory, start, settings } = bench;
  const before = keeper.state;
  const isGood = await goodSince(watcher.files, directory, before.logins);
  const refused = withoutGood(before.logins, isGood);
  const mayLogIn = await announced(bench, refused, due, jobs);
  const waits = waitingIn(refused, start, settings);
  const rows = seeing(before.rows);
  let attempts: readonly Attempt[] = [];
  /** The state with what came of the logins; a round that made none says nothing of those that were killed. */
  const ended = (): WatchState => {
    const { breaks, ...state } = keeper.state;
    return {
      ...state,
      ...(mayLogIn || !breaks ? {} : { breaks }),
      logins: afterLogins(refused, attempts, start, settings),
    };
  };
  // Beside the look, which waits for nobody; that a ping cannot be opened is told after it.
  const begun = telling.ping('start', []).catch(() => undefined);
  let looked: Look | undefined;
  try {
    looked = await look(watching, watcher.flags, watcher.context, {
      due,
      now: watcher.now,
      waiting: (login) => !mayLogIn || waits(login),
      eventful: (report) => {
        const drift = freshIn(before.drift ?? noDrift, report.drift?.changes ?? []);
        const changed = rows.changed(report) || drift.length > 0;
        return report.run.interrupted === undefined && (changed || isOlder(before.keptAt, dayMs, start));
      },
      attempts: (made) => {
        attempts = made;
      },
    });
  } catch (error) {
    await keeper.save(ended());
    throw error;
  } finally {
    await begun;
  }
  if (looked?.report.run.interrupted) {
    await keeper.save(ended());
    return { kind: 'interrupted', code: looked.report.exitCode, ...afterOf(bench, jobs) };
  }
  const { own: _over, ...state } = ended();
  const run = looked?.kept ? looked.report.run.id : undefined;
  const after = lookedAt(jobs, due, start.getTime());
  const told = looked ? stepped(bench, looked) : { alerts: before.alerts, notices: [] };
  const drift = looked && drifted(bench, looked);
  const notices = [...told.notices, ...(drift?.notices ?? [])];
  let { alerts } = told;
  let memory = drift?.memory ?? before.drift;
  let { outbox } = state;
  let untold: unknown;
  try {
    outbox = await telling.posted(outbox, notices);
  } catch (error) {
    // A channel cannot be opened: what was to be told is still news at the next look.
    [alerts, memory, untold] = [before.alerts, before.drift, error];
  }
  const remembered = { alerts, outbox, rows: rows.rows(), ...(memory ? { drift: memory } : {}) };
  const round = {
    startedAt: start.toISOString(),
    looked: due,
    finishedAt: watcher.now().toISOString(),
    ...(looked ? { status: looked.report.status } : {}),
    ...(run === undefined ? {} : { run }),
  };
  const keptAt = run === undefined ? {} : { keptAt: round.startedAt };
  await keeper.save({ ...state, jobs: looksOf(after), ...remembered, round, ...keptAt });
  await cleared(bench);
  if (untold !== undefined) throw untold;
  const sent = await flushed(bench);
  const open = alerts.open.filter(({ bad }) => bad);
  await telling.ping(
    open.some(({ severity }) => severity === 'critical') ? 'fail' : 'success',
    open.map(({ cause, mailbox, title }) => `${cause} (${mailbox}): ${title[watching.language]}`),
  );
  return {
    kind: 'looked',
    at: round.startedAt,
    looked: due,
    status: looked?.report.status ?? 'unknown',
    code: looked?.report.exitCode ?? 3,
    ...(run === undefined ? {} : { run }),
    changes: changesOf(before.alerts.open, alerts.open),
    open: open.length,
    waiting: keeper.state.logins.filter(waitingIn(keeper.state.logins, watcher.now(), settings)).length,
    notices: notices.length,
    ...afterOf(bench, after, sent),
  };
};

/** What keeps us from our own work is written down and, when it lasts, told. */
const failed = async (bench: Bench, error: unknown, jobs: readonly Job[]): Promise<Rounded> => {
  const { keeper, telling, watcher } = bench;
  const own = ownFailure(keeper.state.own, error, watcher.now());
  const notice = ownNotice(own, watcher.now());
  const outbox = notice && (await telling.posted(keeper.state.outbox, [notice]).catch(() => undefined));
  await keeper.save({ ...keeper.state, own: outbox ? { ...own, told: true } : own, ...(outbox ? { outbox } : {}) });
  const sent = await flushed(bench).catch(() => undefined);
  await telling.ping('fail', [own.says[bench.watching.language]]).catch(() => undefined);
  return { kind: 'failed', says: own.says, times: own.times, ...afterOf(bench, jobs, sent) };
};

const inTurn = async (bench: Bench, trouble: unknown): Promise<Rounded> => {
  const { watcher, watching, keeper, telling, start } = bench;
  const jobs = jobsOf(watching.schedule, watching.kinds, keeper.state.jobs, start.getTime());
  try {
    const { own } = keeper.state;
    const outbox = await telling.recovered(keeper.state.outbox);
    if (outbox !== keeper.state.outbox) await keeper.save({ ...keeper.state, outbox });
    const due = dueOf(watching, watcher.flags, keeper.state, jobs, start.getTime());
    const rounded = due.length === 0 ? await idle(bench, jobs) : await lookRound(bench, due, jobs);
    const wrong = trouble ?? keeper.failure;
    if (wrong === undefined || rounded.kind === 'interrupted' || watcher.signal.aborted) return rounded;
    // It looked, with what it has; the fault is counted and told beside it.
    if (own) await keeper.save({ ...keeper.state, own });
    const beside = await failed(bench, wrong, jobs);
    return rounded.kind === 'looked' && 'unsaved' in beside
      ? { ...rounded, unsaved: beside.unsaved }
      : rounded.kind === 'looked'
        ? rounded
        : beside;
  } catch (error) {
    return failed(bench, error, jobs);
  }
};

/** One round, alone: what is due is looked at, remembered, and told. `trouble`: what is wrong with the configuration of now. */
export const makeRound = async (
  watcher: Watcher,
  watching: Watching,
  { unsaved, trouble }: { readonly unsaved?: WatchState; readonly trouble?: unknown } = {},
): Promise<Rounded> => {
  const { files, flags, context, now } = watcher;
  const { target } = watching;
  const directory = runbookDirectory({ flag: flags.runbook, config: target.runbook, env: context.io.env });
  const store = openStore(files, directory, now);
  await files.mkdir(directory);
  await files.mkdir(store.directory);
  const turn = await takeTurn(files, store.directory);
  if (turn.kind === 'taken') return turn;
  try {
    const { state, broken } = unsaved ? { state: unsaved, broken: undefined } : await store.read();
    const start = now();
    const keeper = keeperOf(store, state);
    const settings = await settingsMark(target);
    const telling = tellingOf(watcher, watching, keeper, (login) =>
      waitingIn(keeper.state.logins, now(), settings)(login),
    );
    const first = unsaved === undefined;
    const rounded = await inTurn({ watcher, watching, keeper, telling, directory, start, settings, first }, trouble);
    return broken === undefined || rounded.kind === 'taken' ? rounded : { ...rounded, broken };
  } finally {
    await turn.release();
  }
};

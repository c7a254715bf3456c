import { evidenceOf, targetFor } from '../model/check.ts';
import type { Listener } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Text } from '../model/text.ts';
import type { World } from '../model/world.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import { NotRecorded } from './record.ts';

/** An outcome and how long its probe took. */
export interface Timed {
  readonly outcome: Outcome<unknown>;
  readonly ms: number;
}

export type Outcomes = ReadonlyMap<string, Timed>;

export interface RunOptions {
  readonly world: World;
  /** Ends the run; its reason tells a deadline from an interruption. */
  readonly signal: AbortSignal;
  readonly listener: Listener;
  /** No probe outlives this, in milliseconds. */
  readonly probeMs: number;
  /** Outcomes that are known already, by key: they are judged as needs and not probed again. */
  readonly known?: Outcomes;
  /** How many subjects are looked at side by side. */
  readonly subjectsAtOnce?: number;
}

/** Why a run's signal was aborted. */
export class Ended extends Error {
  readonly why: 'deadline' | 'SIGINT' | 'SIGTERM';
  constructor(why: Ended['why']) {
    super(why);
    this.name = 'Ended';
    this.why = why;
  }
}

const endedText = (signal: AbortSignal): Text => {
  const reason: unknown = signal.reason;
  return reason instanceof Ended && reason.why !== 'deadline'
    ? { en: 'the run was interrupted', ja: '途中で中断されました' }
    : { en: 'the time for the whole run was over', ja: '全体の制限時間に達しました' };
};

const probeEndedText = (ms: number): Text => ({
  en: `no result within ${Math.round(ms / 1000)} s`,
  ja: `${Math.round(ms / 1000)} 秒以内に結果が得られませんでした`,
});

/** A need that is bad blocks; one that is unknown or was left out does not. */
const isBad = ({ outcome }: Timed): boolean =>
  outcome.kind === 'blocked' || (outcome.kind === 'observed' && outcome.verdict.grade === 'fail');

const notRecordedText: Text = {
  en: 'the saved evidence does not hold it: the recorded run did not look, or did not come to the answer',
  ja: '保存された証拠に記録がありません（記録時の検査で調べていないか、結果が得られていません）',
};

const whenAborted = (signal: AbortSignal): { readonly promise: Promise<'aborted'>; readonly forget: () => void } => {
  let forget = () => {};
  const promise = new Promise<'aborted'>((resolve) => {
    const hear = () => resolve('aborted');
    if (signal.aborted) hear();
    signal.addEventListener('abort', hear, { once: true });
    forget = () => signal.removeEventListener('abort', hear);
  });
  return { promise, forget };
};

/** What follows from the needs, once they have settled; the run's end counts for them and not for this. */
const derived = async (
  { check, subject, needs }: PlannedCheck,
  { world }: RunOptions,
  settled: (key: string) => Promise<Timed>,
): Promise<Timed> => {
  const outcomes = new Map<string, Outcome<unknown>>();
  for (const need of needs) outcomes.set(need, (await settled(need)).outcome);
  try {
    const fact = check.derive?.(evidenceOf(outcomes, subject), subject, world.clock.now());
    return { outcome: { kind: 'observed', fact, verdict: check.judge(fact, subject) }, ms: 0 };
  } catch (error) {
    return { outcome: { kind: 'crashed', error: describe(error) }, ms: 0 };
  }
};

const observe = async (
  planned: PlannedCheck,
  options: RunOptions,
  settled: (key: string) => Promise<Timed>,
): Promise<Timed> => {
  const { check, subject, needs } = planned;
  if (check.derive) return derived(planned, options, settled);
  const { world, signal } = options;
  const own = new AbortController();
  const probeSignal = AbortSignal.any([signal, own.signal]);
  // A round trip has a limit of its own on top of the login's.
  const limit = options.probeMs + (check.sends && subject.kind === 'mail' ? subject.roundTrip.timeoutMs : 0);
  const deadline = setTimeout(() => own.abort(new Ended('deadline')), limit);
  const startedAt = performance.now();
  let probedMs = 0;
  const probing = check.probe(subject, world, probeSignal).then(
    (fact) => {
      probedMs = performance.now() - startedAt;
      return { kind: 'fact', fact } as const;
    },
    (error: unknown) => {
      probedMs = performance.now() - startedAt;
      return { kind: 'error', error } as const;
    },
  );
  const aborted = whenAborted(probeSignal);
  try {
    const bad: string[] = [];
    for (const need of needs) if (isBad(await settled(need))) bad.push(need);
    if (bad.length > 0) {
      own.abort(new Ended('deadline'));
      return { outcome: { kind: 'blocked', by: bad }, ms: 0 };
    }
    const result = await Promise.race([probing, aborted.promise]);
    const ms = Math.round(probedMs || performance.now() - startedAt);
    if (result === 'aborted' || (result.kind === 'error' && probeSignal.aborted)) {
      return { outcome: { kind: 'unknown', why: signal.aborted ? endedText(signal) : probeEndedText(limit) }, ms };
    }
    if (result.kind === 'error') {
      const { error } = result;
      if (error instanceof NotRecorded) return { outcome: { kind: 'unknown', why: notRecordedText }, ms };
      return { outcome: { kind: 'crashed', error: describe(error) }, ms };
    }
    return { outcome: { kind: 'observed', fact: result.fact, verdict: check.judge(result.fact, subject) }, ms };
  } catch (error) {
    return { outcome: { kind: 'crashed', error: describe(error) }, ms: Math.round(performance.now() - startedAt) };
  } finally {
    clearTimeout(deadline);
    aborted.forget();
  }
};

// Enough to find the place in a bug report, no path of the user's machine.
const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const place = /\bat (?:async )?(?:([\w.<>]+) )?\(?[^()\s]*?([\w.-]+\.[jt]s:\d+)/.exec(error.stack ?? '');
  return `${error.name}: ${error.message}${place ? ` (${place[1] ?? ''} ${place[2]})` : ''}`;
};

/**
 * Probes everything of a subject at once and judges in the order of needs, so that the longest chain of round trips
 * stays near that of one login, and a bad need turns what follows into `blocked` and not into more failures.
 */
export const run = async (planned: readonly PlannedCheck[], options: RunOptions): Promise<Outcomes> => {
  const settled = new Map<string, Promise<Timed>>();
  const wait = (key: string): Promise<Timed> => {
    const known = options.known?.get(key);
    if (known) return Promise.resolve(known);
    return settled.get(key) ?? Promise.resolve({ outcome: { kind: 'skipped', because: { en: '', ja: '' } }, ms: 0 });
  };
  const start = (one: PlannedCheck): Promise<Timed> => {
    const { check, subject } = one;
    const about = { id: check.id, target: targetFor(check, subject), title: check.title };
    options.listener({ kind: 'check-started', ...about });
    const work: Promise<Timed> = one.skip
      ? Promise.resolve({ outcome: { kind: 'skipped', because: one.skip }, ms: 0 })
      : observe(one, options, wait);
    return work.then((timed) => {
      options.listener({ kind: 'check-finished', ...about, outcome: timed.outcome, ms: timed.ms });
      return timed;
    });
  };
  options.listener({ kind: 'planned', checks: planned.length, ids: planned.map(({ check }) => check.id) });
  const queue = bySubject(planned);
  const worker = async (): Promise<void> => {
    for (let group = queue.shift(); group; group = queue.shift()) {
      for (const one of group) settled.set(one.key, start(one));
      await Promise.all(group.map(({ key }) => settled.get(key)));
    }
  };
  await Promise.all(Array.from({ length: options.subjectsAtOnce ?? 4 }, worker));
  const outcomes = new Map<string, Timed>();
  for (const { key } of planned) outcomes.set(key, await wait(key));
  return outcomes;
};

// Map.groupBy came with Node 21.
const bySubject = (planned: readonly PlannedCheck[]): PlannedCheck[][] => {
  const groups = new Map<unknown, PlannedCheck[]>();
  for (const one of planned) {
    const group = groups.get(one.subject);
    if (group) group.push(one);
    else groups.set(one.subject, [one]);
  }
  return [...groups.values()];
};

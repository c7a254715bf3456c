import { allChecks } from '../../checks/all-checks.ts';
import { forecasts } from '../../checks/forecasts.ts';
import { witnesses } from '../../checks/witnesses.ts';
import type { AnySubject } from '../model/check.ts';
import { evidenceOf } from '../model/check.ts';
import type { Listener } from '../model/event.ts';
import type { Subject } from '../model/mailbox.ts';
import type { Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import type { World } from '../model/world.ts';
import { globMatcher } from '../plan/glob.ts';
import type { PlannedCheck, Selection } from '../plan/plan.ts';
import { plan } from '../plan/plan.ts';
import { assemble } from '../prove/assemble.ts';
import type { Conclusion } from '../prove/diagnose-and-prove.ts';
import { diagnoseAndProve } from '../prove/diagnose-and-prove.ts';
import { plainOutcomes } from '../prove/trial.ts';
import type { Outcomes } from '../run/run.ts';
import { Ended, run } from '../run/run.ts';

/** One run of the mail checks, from a world to a report. */
export interface MailRun {
  readonly id: string;
  readonly command: string;
  readonly target: string;
  readonly version: string;
  readonly language: Language;
  readonly subjects: readonly AnySubject[];
  readonly selection: Selection;
  /** What is asked of the mail accounts that a CRM brings in; default: the same. */
  readonly discovered?: Selection;
  readonly failOn: 'warn' | 'fail';
  readonly world: World;
  readonly signal: AbortSignal;
  readonly listener: Listener;
}

/** What the facts of a run bring in: the CRM's own mail accounts. */
const discoveredIn = (planned: readonly PlannedCheck[], outcomes: Outcomes): readonly Subject[] =>
  planned.flatMap(({ key, check, subject }) => {
    const outcome = outcomes.get(key)?.outcome;
    return outcome?.kind === 'observed' ? (check.discovers?.(outcome.fact, subject) ?? []) : [];
  });

/** No single probe outlives this; its steps have shorter limits of their own. */
const probeMs = 40_000;

export const runMail = async (mailRun: MailRun): Promise<Report> => {
  const { subjects: given, selection, world, signal, listener } = mailRun;
  const startedAt = world.clock.now();
  const start = performance.now();
  const asked = plan(given, allChecks, selection);
  const options = { world, signal, listener, probeMs };
  // The causes are read while the network is waited for.
  const [first, { allCauses }] = await Promise.all([run(asked, options), import('../../checks/all-causes.ts')]);
  const discovered = discoveredIn(asked, first);
  const found = plan(discovered, allChecks, mailRun.discovered ?? selection);
  const second = found.length > 0 ? await run(found, options) : new Map();
  const subjects: readonly AnySubject[] = [...given, ...discovered];
  const planned = [...asked, ...found];
  const outcomes: Outcomes = new Map([...first, ...second]);
  // What is left out is left out of trials too; a protocol that a trial brings in is not.
  const unwanted = globMatcher(selection.skip);
  const wanted = (id: string) => selection.only.length === 0 || planned.some(({ check }) => check.id === id);
  const checks = allChecks.filter(({ id }) => !unwanted(id) && wanted(id));
  const bench = { checks, options };
  const conclusions = new Map<AnySubject, readonly Conclusion[]>();
  const ownerOf = new Map(planned.map(({ key, subject }) => [key, subject]));
  const ownOf = (subject: AnySubject): Outcomes =>
    new Map([...outcomes].filter(([key]) => ownerOf.get(key) === subject));
  // A CRM's accounts are held against the configured mailboxes; a thousand mailboxes have nothing to do with each other.
  const withCrm = given.some(({ kind }) => kind === 'crm');
  const seen = withCrm
    ? subjects.map((subject) => ({ subject, evidence: evidenceOf(plainOutcomes(ownOf(subject)), subject) }))
    : [];
  await Promise.all(
    subjects.map(async (subject) => {
      const others = seen.filter((other) => other.subject !== subject);
      conclusions.set(subject, await diagnoseAndProve({ subject, outcomes: ownOf(subject), others }, allCauses, bench));
    }),
  );
  const reason: unknown = signal.aborted ? signal.reason : undefined;
  const interrupted = reason instanceof Ended && reason.why !== 'deadline' ? reason.why : undefined;
  return assemble({
    run: {
      id: mailRun.id,
      command: mailRun.command,
      target: mailRun.target,
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - start),
      language: mailRun.language,
      ...(interrupted ? { interrupted } : {}),
    },
    version: mailRun.version,
    planned,
    outcomes,
    conclusions,
    forecasts,
    witnesses,
    failOn: mailRun.failOn,
  });
};

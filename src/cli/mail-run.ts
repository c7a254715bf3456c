import { allChecks } from '../../checks/all-checks.ts';
import { forecasts } from '../../checks/forecasts.ts';
import { witnesses } from '../../checks/witnesses.ts';
import type { AnySubject } from '../model/check.ts';
import { evidenceOf, isMailbox } from '../model/check.ts';
import type { Subject } from '../model/mailbox.ts';
import type { Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { globMatcher } from '../plan/glob.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import { plan } from '../plan/plan.ts';
import { assemble } from '../prove/assemble.ts';
import type { Conclusion } from '../prove/diagnose-and-prove.ts';
import { diagnoseAndProve } from '../prove/diagnose-and-prove.ts';
import { plainOutcomes } from '../prove/trial.ts';
import type { Outcomes, Timed } from '../run/run.ts';
import { run } from '../run/run.ts';
import type { MailRun } from './mail-run-task.ts';
import { endOf, probeMs } from './mail-run-task.ts';

/** What the facts of a run bring in: the CRM's own mail accounts. */
const discoveredIn = (planned: readonly PlannedCheck[], outcomes: Outcomes): readonly Subject[] =>
  planned.flatMap(({ key, check, subject }) => {
    const outcome = outcomes.get(key)?.outcome;
    return outcome?.kind === 'observed' ? (check.discovers?.(outcome.fact, subject) ?? []) : [];
  });

/** Where the configuration does not say otherwise. */
const defaultPerHost = 4;

export const runMail = async (mailRun: MailRun): Promise<Report> => {
  const { subjects: given, selection, world, signal, listener } = mailRun;
  if (given.every(isMailbox)) {
    const { runEach } = await import('./mail-each.ts');
    return runEach(mailRun, given, mailRun.perHost ?? defaultPerHost);
  }
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
  const own = new Map<AnySubject, Map<string, Timed>>(subjects.map((subject) => [subject, new Map()]));
  for (const { key, subject } of planned) {
    const timed = outcomes.get(key);
    if (timed) own.get(subject)?.set(key, timed);
  }
  const ownOf = (subject: AnySubject): Outcomes => own.get(subject) ?? new Map();
  // A CRM's accounts are held against the configured mailboxes.
  const seen = subjects.map((subject) => ({
    subject,
    evidence: evidenceOf(plainOutcomes(ownOf(subject)), subject),
  }));
  await Promise.all(
    subjects.map(async (subject) => {
      const others = seen.filter((other) => other.subject !== subject);
      conclusions.set(subject, await diagnoseAndProve({ subject, outcomes: ownOf(subject), others }, allCauses, bench));
    }),
  );
  const interrupted = endOf(signal);
  const inWords = (language: Language): Report =>
    assemble({
      run: {
        id: mailRun.id,
        command: mailRun.command,
        target: mailRun.target,
        startedAt: startedAt.toISOString(),
        durationMs: Math.round(performance.now() - start),
        language,
        ...(interrupted ? { interrupted } : {}),
      },
      version: mailRun.version,
      ...(mailRun.call ? { call: mailRun.call } : {}),
      planned,
      outcomes,
      conclusions,
      forecasts,
      witnesses,
      failOn: mailRun.failOn,
    });
  mailRun.other?.(inWords(mailRun.language === 'ja' ? 'en' : 'ja'));
  return inWords(mailRun.language);
};

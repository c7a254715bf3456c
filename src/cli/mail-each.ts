import { allChecks } from '../../checks/all-checks.ts';
import { forecasts } from '../../checks/forecasts.ts';
import { witnesses } from '../../checks/witnesses.ts';
import type { Subject } from '../model/mailbox.ts';
import { servicesOf } from '../model/mailbox.ts';
import type { Report } from '../model/report.ts';
import { statusOf, summaryOf } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import type { World } from '../model/world.ts';
import { globMatcher } from '../plan/glob.ts';
import { plan } from '../plan/plan.ts';
import { assemble, exitCodeOf, severityOrder } from '../prove/assemble.ts';
import { diagnoseAndProve } from '../prove/diagnose-and-prove.ts';
import { inLanes } from '../run/lanes.ts';
import { run } from '../run/run.ts';
import type { MailboxPart, MailRun } from './mail-run-task.ts';
import { endOf, probeMs } from './mail-run-task.ts';

/** So many mailboxes are looked at side by side, on however many hosts. */
const mostAtOnce = 16;

/**
 * Mailboxes have nothing to do with each other: each is looked at, diagnosed and told by itself, and what was seen of it is
 * let go with it.
 */
export const runEach = async (mailRun: MailRun, subjects: readonly Subject[], perHost: number): Promise<Report> => {
  const { selection, world, signal, listener, id, command, target, language, version, failOn } = mailRun;
  const startedAt = world.clock.now();
  const start = performance.now();
  const unwanted = globMatcher(selection.skip);
  const { allCauses } = await import('../../checks/all-causes.ts');
  const about = (ms: number): Report['run'] => ({
    id,
    command,
    target,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(ms),
    language,
  });

  const otherLanguage: Language = language === 'ja' ? 'en' : 'ja';
  /** In the words of the run, and of the other language where somebody is told in it. */
  const look = async (subject: Subject, own: World): Promise<{ readonly report: Report; readonly other?: Report }> => {
    const begun = performance.now();
    const options = { world: own, signal, listener, probeMs, subjectsAtOnce: 1 };
    const planned = plan([subject], allChecks, selection);
    const outcomes = await run(planned, options);
    // What is left out is left out of trials too; a protocol that a trial brings in is not.
    const ids = new Set(planned.map(({ check }) => check.id));
    const checks = allChecks.filter((one) => !unwanted(one.id) && (selection.only.length === 0 || ids.has(one.id)));
    const conclusions = await diagnoseAndProve({ subject, outcomes, others: [] }, allCauses, { checks, options });
    const inWords = (words: Language): Report =>
      assemble({
        run: { ...about(performance.now() - begun), language: words },
        version,
        ...(mailRun.call ? { call: mailRun.call } : {}),
        planned,
        outcomes,
        conclusions: new Map([[subject, conclusions]]),
        forecasts,
        witnesses,
        failOn,
        single: subjects.length === 1,
      });
    return { report: inWords(language), ...(mailRun.other ? { other: inWords(otherLanguage) } : {}) };
  };

  const parts = new Map<Subject, Report>();
  const others = new Map<Subject, Report>();
  await inLanes(
    subjects.map((subject) => ({ item: subject, places: servicesOf(subject).map(({ host }) => host.toLowerCase()) })),
    { perPlace: perHost, most: mostAtOnce },
    async (subject) => {
      const recorded = mailRun.recorder?.part();
      const { report, other } = await look(subject, recorded?.world ?? world);
      if (other) others.set(subject, other);
      world.mail.finished?.(subject);
      const part: MailboxPart = { subject, report, keep: recorded?.keep ?? (() => {}) };
      if (!mailRun.part) part.keep();
      parts.set(subject, mailRun.part ? await mailRun.part(part) : report);
    },
  );
  const interrupted = endOf(signal);
  const whole = (of: ReadonlyMap<Subject, Report>, words: Language): Report => {
    const told = subjects.flatMap((subject) => of.get(subject) ?? []);
    const checks = told.flatMap((part) => part.checks);
    const status = statusOf(checks);
    return {
      schema: 'crm-doctor/report/v1',
      tool: { name: 'crm-doctor', version },
      run: { ...about(performance.now() - start), language: words, ...(interrupted ? { interrupted } : {}) },
      status,
      summary: summaryOf(checks),
      checks,
      diagnoses: told
        .flatMap((part) => part.diagnoses)
        .toSorted((left, right) => severityOrder[left.severity] - severityOrder[right.severity]),
      unexplained: told.flatMap((part) => part.unexplained),
      prevention: told.flatMap((part) => part.prevention),
      exitCode: exitCodeOf(status, failOn, interrupted),
    };
  };
  mailRun.other?.(whole(others, otherLanguage));
  return whole(parts, language);
};

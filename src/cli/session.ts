import { resolve } from 'node:path';
import { allChecks } from '../../checks/all-checks.ts';
import { measuresIn } from '../../checks/measures.ts';
import { isMailbox } from '../model/check.ts';
import type { Report } from '../model/report.ts';
import { unmatched } from '../plan/plan.ts';
import { createRedactor } from '../reason/redact.ts';
import { reporters } from '../report/reporters.generated.ts';
import type { Recording } from '../run/record.ts';
import { recording, recordingIn } from '../run/record.ts';
import { Ended } from '../run/run.ts';
import { nextBaseline } from '../runbook/drift/baseline.ts';
import { openHistory } from '../runbook/history.ts';
import { openMeasures } from '../runbook/measures.ts';
import { finishedEvent } from '../runbook/record.ts';
import { newRunId, openRunbook, runbookDirectory } from '../runbook/runbook.ts';
import { comparedWith } from '../runbook/solved.ts';
import type { Context } from './command.ts';
import { UsageError } from './command.ts';
import { deliver, renderOptions } from './deliver.ts';
import type { CommonFlags } from './flags.ts';
import { formatsOf } from './flags.ts';
import { runMail } from './mail-run.ts';
import { openParts } from './mailboxes/parts.ts';
import { openStream } from './mailboxes/stream.ts';
import { openWorld } from './open-world.ts';
import { overTime, remembered } from './over-time.ts';
import { openProgress } from './progress.ts';
import { redactDeep, redactReport } from './redact-report.ts';
import { recordResolutions, solutionsIn } from './remember.ts';
import { eachMeant } from './suggest.ts';
import type { Performed, Task } from './task.ts';
import { timeoutOf } from './timeout.ts';

const noSecrets: readonly string[] = [];

/** How long beyond its own limit a run elsewhere may take to be started and to hand its answer over. */
const journeyMs = 30_000;

/** The same run prepared for two machines; loaded only where it is asked for. */
const together = async (task: Task, flags: CommonFlags, { io, language, version }: Context, timeoutMs: number) => {
  if (!task.vantage) return undefined;
  const { prepared } = await import('./vantage/vantage.ts');
  return prepared({
    place: task.vantage,
    target: task.target,
    version,
    language,
    subjects: task.subjects.filter(isMailbox),
    sources: task.sources,
    only: flags.only ?? [],
    skip: flags.skip ?? [],
    failOn: flags.failOn,
    timeoutMs,
    ask: flags.input !== false && io.err.isTTY && !io.env.CI,
    env: io.env,
  });
};

/** A redactor for these secrets; made anew only when there are more of them. */
const redactorOf = () => {
  let known: readonly string[] | undefined;
  let redact = createRedactor([]);
  return (secrets: readonly string[]) => {
    if (secrets !== known) redact = createRedactor(secrets);
    known = secrets;
    return redact;
  };
};

/** A name after --only or --skip that no check has is an error, with what may be meant. */
const refuseUnknown = (given: Task, flags: CommonFlags): void => {
  const names = given.names?.map((id) => ({ id })) ?? allChecks;
  const lost = unmatched([...(flags.only ?? []), ...(flags.skip ?? [])], names);
  if (lost.length === 0) return;
  const near = eachMeant(
    lost,
    names.map(({ id }) => id),
  );
  throw new UsageError({
    en: `no check${given.names ? ' or rule' : ''} is called ${near.en}; \`crm-doctor checks\` lists them`,
    ja: `${near.ja} という検査${given.names ? 'やルール' : ''}はありません。\`crm-doctor checks\` で一覧を表示できます`,
  });
};

/** What a run was told, with what it was about: with it the run can be diagnosed again elsewhere. */
const evidenceIn = ({ command, target, subjects, offline }: Task, flags: CommonFlags, recorded: Recording) => ({
  ...recorded,
  command,
  target,
  mail: subjects.filter(isMailbox).map(({ config, path, label }) => ({ config, path, label })),
  crm: subjects.flatMap((one) =>
    one.kind === 'crm' ? [{ config: one.config, path: one.path, label: one.label }] : [],
  ),
  only: flags.only ?? [],
  skip: flags.skip ?? [],
  offline,
});

/** Runs a task from its world to its exit code: deadline, interruption, progress, runbook, output. */
export const perform = async (given: Task, flags: CommonFlags, context: Context): Promise<Performed> => {
  const { io, language } = context;
  const formats = formatsOf(flags, Object.keys(reporters));
  refuseUnknown(given, flags);
  const task = given.vantage ? await (await import('./vantage/tokens.ts')).withTokens(given, flags, context) : given;
  const mailboxes = task.subjects.filter(isMailbox);
  const timeoutMs = timeoutOf(flags, mailboxes, task.timeoutMs);
  const runbook = task.keep
    ? openRunbook(runbookDirectory({ flag: flags.runbook, config: task.runbook, env: io.env }))
    : undefined;
  const store = runbook && openMeasures(runbook.directory, measuresIn);
  const both = await together(task, flags, context, timeoutMs);
  const subjects = both?.subjects ?? task.subjects;
  const dns = task.dns ?? context.spectator?.dns;
  const opened = task.world
    ? undefined
    : (task.opened ??
      (await openWorld(both?.sources ?? task.sources, {
        subjects,
        mailboxes: task.subjects.length,
        ...(both ? { connectionsPerPort: both.connectionsPerPort } : {}),
        ...(runbook ? { history: openHistory(runbook.directory) } : {}),
        ...(dns ? { dns } : {}),
        ...(task.perHost === undefined ? {} : { perHost: task.perHost }),
      })));
  const live = task.world ?? opened?.world;
  if (!live) throw new Error('no world');
  const recorder = recording(live);
  const { world, taken } = recorder;
  const redactorFor = redactorOf();

  const ending = new AbortController();
  const journey = new AbortController();
  let interruptions = 0;
  const deaf = io.onInterrupt((signal) => {
    interruptions += 1;
    if (interruptions > 1) process.exit(signal === 'SIGINT' ? 130 : 143);
    ending.abort(new Ended(signal));
    journey.abort(new Ended(signal));
  });
  if (task.login && opened) {
    const { signInAll } = await import('./sign-in.ts');
    const record = runbook && { record: runbook.append };
    await signInAll(mailboxes, opened, { flags, context, signal: ending.signal, ...record });
  }
  // What was signed in for or fetched during the run is as secret as what was configured.
  const redact = (text: string): string => redactorFor(opened?.secrets.values() ?? noSecrets)(text);
  // The time of a person is not the run's.
  const deadline = Number.isFinite(timeoutMs)
    ? setTimeout(() => ending.abort(new Ended('deadline')), timeoutMs)
    : undefined;
  const late = both && setTimeout(() => journey.abort(new Ended('deadline')), timeoutMs + journeyMs);
  const { spectator } = context;
  const progress = spectator
    ? { listener: spectator.listener, stop: () => {} }
    : await openProgress(io, language, flags);
  // What is put together from two places, or shown by somebody else, is told when all of it is there.
  const stream = both || task.present || spectator ? undefined : openStream(formats, context);
  const solutions = solutionsIn(runbook);
  const parts = openParts({
    many: task.many,
    subjects: mailboxes,
    secrets: opened?.secrets,
    redact,
    stream,
    withSolutions: solutions,
  });
  const id = `${newRunId(world.clock.now())}${task.idEnd ?? ''}`;
  try {
    // On the disk while the first packets travel; the runbook keeps the order.
    const start = () =>
      runbook?.append({ kind: 'run-started', run: id, command: task.command, target: redact(task.target) });
    const started = task.eventful ? undefined : start();
    const before = runbook && remembered(runbook, { command: task.command, target: task.target });
    const elsewhere = both?.start(journey.signal);
    let other: Report | undefined;
    const raw = await (task.work ?? runMail)({
      id,
      command: task.command,
      target: task.target,
      ...(task.call ? { call: task.call } : {}),
      version: context.version,
      language,
      subjects,
      selection: {
        only: flags.only ?? [],
        skip: [...(flags.skip ?? []), ...(both?.skip ?? [])],
        offline: task.offline,
      },
      ...(task.discovered ? { discovered: task.discovered } : {}),
      ...(task.inBoth
        ? {
            other: (made: Report) => {
              other = redactReport(made, redact);
            },
          }
        : {}),
      failOn: flags.failOn,
      world,
      signal: ending.signal,
      listener: progress.listener,
      part: parts.take,
      recorder,
      ...(task.perHost === undefined ? {} : { perHost: task.perHost }),
    });
    progress.stop();
    await started;
    const here = redactReport(raw, redact);
    const whole =
      task.vantage && elsewhere
        ? (await import('./vantage/vantage.ts')).joined(task.vantage, here, await elsewhere, flags.failOn)
        : { report: here };
    const plain = redactReport(await solutions(whole.report), redact);
    const many = parts.manyOf(plain);
    const told = many ? { ...plain, many } : plain;
    const measures = task.many ? parts.measures() : measuresIn(told);
    const { previous, baseline } = (await before) ?? {};
    const { report, drift } = await overTime(told, measures, { baseline, store, mailboxes: mailboxes.length });
    const evidence = () =>
      evidenceIn(task, flags, {
        ...redactDeep(taken(), redact),
        ...recordingIn('evidence' in whole ? redactDeep(whole.evidence, redact) : undefined),
      });
    const book = !task.eventful || task.eventful(report) ? runbook : undefined;
    if (book && task.eventful) await start();
    const saved = await book?.saveRun(report, evidence());
    const measured = store?.append(measures);
    const { gone, open } = comparedWith(previous, report);
    await book?.append(finishedEvent(report, open, nextBaseline(baseline?.since, report)));
    // While the report is read; it waits for nothing but the end.
    const settled = book && recordResolutions(book, report, gone);
    if (saved?.kind === 'failed') io.err.write(`crm-doctor: ${saved.text[language]}\n`);
    const path = saved?.kind === 'saved' ? saved.path : undefined;
    const shown = async (): Promise<Performed> => {
      if (task.present) return task.present(report, path);
      if (spectator) return { report, code: report.exitCode };
      const others = stream ? formats.filter(({ name }) => name !== 'ndjson') : formats;
      const options = renderOptions(flags, context, path);
      const code = await deliver(report, others, options, context);
      if (flags.outputDir !== undefined && report.many) {
        const { writeTenants } = await import('./mailboxes/tenants.ts');
        await writeTenants(report, resolve(io.cwd, flags.outputDir), formats, {
          options,
          failOn: flags.failOn,
          context,
        });
      }
      return { report, code: stream ? await stream.end(report, code) : code };
    };
    spectator?.finished(report);
    const performed = await shown();
    const resolutions = await settled;
    await measured;
    return {
      ...performed,
      ...(other ? { other } : {}),
      ...(drift ? { drift } : {}),
      ...(resolutions ? { resolutions } : {}),
    };
  } finally {
    clearTimeout(deadline);
    clearTimeout(late);
    deaf();
    progress.stop();
    // Who breaks off does not wait, not even for a farewell.
    if (!task.opened && !ending.signal.aborted) await opened?.crm.close();
  }
};

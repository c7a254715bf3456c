import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { allRules } from '../../../checks/all-rules.ts';
import type { BaselineReport, FixReport, Report } from '../../model/report.ts';
import { statusOf, summaryOf } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Rule } from '../../model/workflow/rule.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import { replaying } from '../../run/record.ts';
import { openRunbook, runbookDirectory } from '../../runbook/runbook.ts';
import { lint } from '../../workflow/lint/lint.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import type { MailRun } from '../mail-run-task.ts';
import { perform } from '../session.ts';
import type { Task } from '../task.ts';
import { whyUnwritten } from '../unwritten.ts';
import { crashFindings, readingCrashes } from './crashes.ts';
import { withExcerpts } from './excerpts.ts';
import { applyFixes } from './fixes.ts';
import { projectFrom, samplesFrom, schemaFrom } from './read.ts';
import type { DryRun, FailOn } from './report.ts';
import { exitCodeOf, lintCheck, parseCheck, simulateCheck } from './report.ts';
import { openBaseline } from './revision.ts';
import { selectable, wantedOf } from './selection.ts';
import type { WorkflowFlags, WorkflowTarget } from './target.ts';
import { workflowTarget } from './target.ts';

type Flags = CommonFlags<FailOn> & WorkflowFlags;

/** A project with what the rules say of it. */
interface Looked {
  readonly project: Project;
  readonly findings: readonly Finding[];
  readonly notRun: NonNullable<Report['notRun']>;
  readonly crashes: ReturnType<typeof lint>['crashes'];
}

interface Place {
  readonly cwd: string;
  readonly paths: readonly string[];
  readonly texts?: ReadonlyMap<string, string>;
  readonly given?: ReadonlyMap<string, string>;
}

/** Reads and lints a version of the definitions. */
const looker =
  (target: WorkflowTarget, schema: Schema | undefined, rules: readonly Rule[], language: Language) =>
  async ({
    cwd,
    paths,
    texts,
    given,
  }: Place): Promise<Looked & { readonly readMs: number; readonly lintMs: number }> => {
    const start = performance.now();
    const project = await projectFrom({
      directory: cwd,
      paths,
      exclude: target.exclude,
      objects: target.objects,
      now: target.now,
      ...(schema === undefined ? {} : { schema }),
      ...(texts === undefined ? {} : { texts }),
      ...(given === undefined ? {} : { given }),
    });
    const read = performance.now();
    const { findings, notRun, crashes } = lint(project, rules, target.settings, language);
    return {
      project,
      findings: [...findings, ...readingCrashes(project.problems, language), ...crashFindings(crashes, language)],
      notRun,
      crashes,
      readMs: read - start,
      lintMs: performance.now() - read,
    };
  };

const compared = async (
  given: string,
  target: WorkflowTarget,
  cwd: string,
  now: Looked,
  look: ReturnType<typeof looker>,
  language: Language,
): Promise<{ readonly baseline: BaselineReport; readonly findings: readonly Finding[] }> => {
  const { compareProjects, withNew } = await import('../../workflow/compare/compare.ts');
  const place = await openBaseline(given, target.paths, cwd);
  try {
    const before = await look(place);
    const { findings, fresh, gone } = withNew(now.findings, before.findings);
    const changes = compareProjects(before.project, now.project, language);
    return { findings, baseline: { from: given, changes, newFindings: fresh, goneFindings: gone } };
  } finally {
    await place.dispose();
  }
};

const simulated = async (
  file: string | undefined,
  boundaries: boolean,
  project: Project,
  language: Language,
  cwd: string,
): Promise<DryRun> => {
  const start = performance.now();
  const [{ simulate }, samples] = await Promise.all([
    import('../../workflow/simulate/simulate.ts'),
    file === undefined ? [] : samplesFrom(file, cwd),
  ]);
  const result = simulate(project, samples, language, { boundaries });
  return {
    ...(file === undefined
      ? {}
      : // Workflows that no sample came to are not worth a line each.
        { simulation: result.samples, coverage: result.coverage.filter(({ ran }) => ran > 0) }),
    ...(boundaries ? { boundaries: { tried: result.tried, failed: result.boundaries } } : {}),
    ms: performance.now() - start,
  };
};

const mapWritten = async (file: string, project: Project, cwd: string, language: Language): Promise<void> => {
  const [{ interactionMap }, { renderMap }] = await Promise.all([
    import('../../reason/workflow/interaction-map.ts'),
    import('../../report/map/render-map.ts'),
  ]);
  const map = interactionMap(project);
  const text = /\.json$/i.test(file) ? `${JSON.stringify(map, null, 2)}\n` : renderMap(map, language);
  await writeFile(resolve(cwd, file), text).catch((error: unknown) => {
    const { en, ja } = whyUnwritten(error);
    throw new UsageError({
      en: `the map could not be written: ${en}`,
      ja: `図を書き込めませんでした: ${ja}`,
    });
  });
};

/** One run: read, lint, compare, mend, try, and say what came of it. */
export const workflowRun =
  (target: WorkflowTarget, flags: Flags, { io }: Context, keep = true) =>
  async ({ id, command, version, language, world, signal, target: named }: MailRun): Promise<Report> => {
    const startedAt = world.clock.now();
    const start = performance.now();
    const wanted = wantedOf(allRules, flags);
    const crm =
      target.crms.length === 0
        ? undefined
        : await (await import('./from-crm.ts')).definitionsFrom(target.crms, world.crm, {
            wantSchema: target.schema === undefined,
            language,
            signal,
          });
    const schema = target.schema === undefined ? crm?.schema : await schemaFrom(target.schema, io.cwd);
    const look = looker(target, schema, wanted.rules, language);
    const here = { cwd: io.cwd, paths: target.paths, ...(crm ? { given: crm.texts } : {}) };
    let looked = await look(here);
    let fixes: FixReport | undefined;
    if (flags.fix || flags.fixUnsafe) {
      const runbook = openRunbook(runbookDirectory({ flag: flags.runbook, config: target.runbook, env: io.env }));
      const mended = await applyFixes(looked, {
        cwd: io.cwd,
        run: id,
        unsafe: flags.fixUnsafe === true,
        dryRun: flags.dryRun === true,
        language,
        again: (texts) => look({ ...here, texts }),
        record: async (event) => (keep ? runbook.append(event) : undefined),
      });
      fixes = mended.report;
      if (mended.wrote) looked = await look(here);
    }
    const baseline =
      flags.baseline === undefined ? undefined : await compared(flags.baseline, target, io.cwd, looked, look, language);
    const dryRun =
      wanted.simulate && (target.simulate !== undefined || flags.boundaries)
        ? await simulated(target.simulate, flags.boundaries === true, looked.project, language, io.cwd)
        : undefined;

    if (flags.map !== undefined) await mapWritten(flags.map, looked.project, io.cwd, language);
    const excerpted = await withExcerpts(baseline?.findings ?? looked.findings, io.cwd, crm?.texts);
    const findings = crm ? (await import('./from-crm.ts')).withScreens(excerpted, crm, language) : excerpted;
    const nothing = crm !== undefined && looked.project.files.length === 0;
    const checks = [
      ...(crm?.checks ?? []),
      // What the CRM did not give is said in its own row.
      ...(nothing ? [] : [parseCheck({ project: looked.project, findings, ms: looked.readMs }, language)]),
      lintCheck({ wanted, ...looked, findings, ms: looked.lintMs }, language),
      ...(dryRun ? [simulateCheck(dryRun, language)] : []),
    ];
    const status = statusOf(checks);
    return {
      schema: 'crm-doctor/report/v1',
      tool: { name: 'crm-doctor', version },
      run: {
        id,
        command,
        target: named,
        startedAt: startedAt.toISOString(),
        durationMs: Math.round(performance.now() - start),
        language,
      },
      status,
      summary: summaryOf(checks),
      checks,
      diagnoses: [],
      unexplained: [],
      prevention: [],
      findings,
      notRun: looked.notRun,
      ...(dryRun?.simulation ? { simulation: dryRun.simulation } : {}),
      ...(dryRun?.boundaries ? { boundaries: dryRun.boundaries } : {}),
      ...(dryRun?.coverage ? { coverage: dryRun.coverage } : {}),
      ...(baseline ? { baseline: baseline.baseline } : {}),
      ...(fixes ? { fixes } : {}),
      exitCode: exitCodeOf(status, { failOn: flags.failOn, findings, checks }),
    };
  };

const refuseContradictions = (flags: Flags): void => {
  if (flags.failOn === 'new' && flags.baseline === undefined) {
    throw new UsageError({
      en: '--fail-on new needs --baseline REV|DIR to know what is new',
      ja: '--fail-on new には、比較元を指定する --baseline REV|DIR が必要です',
    });
  }
  const onFiles = Object.entries({
    '--fix': flags.fix,
    '--fix-unsafe': flags.fixUnsafe,
    '--baseline': flags.baseline,
  }).find(([, value]) => value !== undefined);
  if (flags.crm !== undefined && onFiles) {
    throw new UsageError({
      en: `${onFiles[0]} works on files, and --crm reads from the CRM; give one of them`,
      ja: `${onFiles[0]} はファイルが対象で、--crm は CRM から読み取ります。どちらか一方を指定してください`,
    });
  }
  if (flags.dryRun && !flags.fix && !flags.fixUnsafe) {
    throw new UsageError({
      en: '--dry-run goes with --fix; without it nothing is written anyway',
      ja: '--dry-run は --fix と一緒に使います。--fix がなければ何も書き込みません',
    });
  }
};

/** A world that touches nothing: definitions are files, and nothing else is asked. */
const nothingOutside = () => replaying({ schema: 'crm-doctor/evidence/v1', at: new Date().toISOString(), answers: {} });

export const lintWorkflows = async (
  named: readonly string[],
  flags: Flags,
  context: Context,
  over: Partial<Pick<Task, 'keep' | 'present'>> = {},
): Promise<number> => {
  refuseContradictions(flags);
  const target = await workflowTarget(named, flags, context);
  const speaking = {
    ...context,
    language: flags.lang === undefined ? (target.language ?? context.language) : context.language,
  };
  const { crms, paths } = target;
  const { code } = await perform(
    {
      command: 'workflow',
      target: [...paths, ...crms.map(({ label }) => label)].join(' '),
      subjects: crms,
      sources: crms.length === 0 ? new Map() : target.sources,
      offline: true,
      ...(crms.length === 0 ? { world: nothingOutside() } : {}),
      work: workflowRun(target, flags, speaking, over.keep !== false),
      names: selectable(allRules),
      ...(target.runbook === undefined ? {} : { runbook: target.runbook }),
      keep: true,
      ...over,
    },
    { ...flags, failOn: flags.failOn === 'new' ? 'fail' : flags.failOn },
    speaking,
  );
  return code;
};

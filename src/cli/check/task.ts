import { allChecks } from '../../../checks/all-checks.ts';
import type { Waiting } from '../../model/login.ts';
import { globMatcher } from '../../plan/glob.ts';
import { openHistory } from '../../runbook/history.ts';
import { runbookDirectory } from '../../runbook/runbook.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { mailCall } from '../mail-call.ts';
import { runMail } from '../mail-run.ts';
import type { MailRun } from '../mail-run-task.ts';
import type { OpenWorld } from '../open-world.ts';
import { openWorld } from '../open-world.ts';
import type { Task } from '../task.ts';
import type { CheckTarget } from './target.ts';

/** Everything that a configuration describes, ready to be run. */
export interface CheckTask {
  readonly task: Task;
  /** A world for it; who opens one closes its CRMs. */
  readonly open: () => Promise<OpenWorld>;
  /** The one that the task has already, because records are compared in it or its caller asked for it. */
  readonly opened?: OpenWorld;
}

interface Options {
  readonly command?: string;
  /** The world is wanted before the run and after it. */
  readonly inOneWorld?: boolean;
  readonly waiting?: Waiting;
  /** Default: the clock of the machine. */
  readonly now?: () => Date;
}

/** What the configuration calls what is looked at. */
export const targetText = ({ mailboxes, subjects, sync, workflow }: CheckTarget): string =>
  [
    ...(mailboxes === '' ? [] : [mailboxes]),
    ...[...subjects.filter(({ kind }) => kind !== 'mail'), ...sync].map(({ label }) => label),
    ...(workflow ? ['workflow'] : []),
  ].join(', ');

/** Every id that a run of the target may be told to look at. */
export const namesFor = async ({ workflow, sync }: Pick<CheckTarget, 'workflow' | 'sync'>) => {
  const [workflowIds, { syncCheckIds }] = await Promise.all([
    workflow ? import('./workflows.ts').then(({ workflowNames }) => workflowNames()) : [],
    sync.length > 0 ? import('../sync/rows.ts') : { syncCheckIds: [] as readonly string[] },
  ]);
  return { names: [...allChecks.map(({ id }) => id), ...workflowIds, ...syncCheckIds], syncCheckIds };
};

export const checkTask = async (
  target: CheckTarget,
  flags: CommonFlags & { readonly offline?: boolean },
  context: Context,
  { command = 'check', inOneWorld = false, waiting, now }: Options = {},
): Promise<CheckTask> => {
  const { workflow, subjects, sources, sync } = target;
  const look = workflow
    ? (await import('./workflows.ts')).withWorkflows(flags, context)
    : (run: MailRun) => runMail(run);
  const { names, syncCheckIds } = await namesFor(target);
  const compared = sync.length > 0 && syncCheckIds.some(globMatcher(flags.only ?? ['*']));
  const directory = runbookDirectory({ flag: flags.runbook, config: target.runbook, env: context.io.env });
  const open = () =>
    openWorld(sources, {
      subjects,
      mailboxes: subjects.length,
      history: openHistory(directory),
      ...(waiting ? { waiting } : {}),
      ...(target.perHost === undefined ? {} : { perHost: target.perHost }),
      ...(now ? { now } : {}),
    });
  const opened = compared || inOneWorld ? await open() : undefined;
  const outside = subjects.length > 0 || workflow;
  const work =
    compared && opened
      ? (await import('./comparisons.ts')).withComparisons(sync, opened, outside ? look : undefined)
      : look;
  return {
    open,
    ...(opened ? { opened } : {}),
    task: {
      command,
      target: targetText(target),
      call: mailCall(undefined, flags),
      subjects,
      ...(target.many ? { many: target.many } : {}),
      ...(target.perHost === undefined ? {} : { perHost: target.perHost }),
      sources,
      offline: flags.offline === true,
      names,
      work,
      ...(opened ? { opened } : {}),
      ...(compared ? { timeoutMs: Number.POSITIVE_INFINITY } : {}),
      ...(target.runbook === undefined ? {} : { runbook: target.runbook }),
      keep: true,
    },
  };
};

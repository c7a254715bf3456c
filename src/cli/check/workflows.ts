import { allRules } from '../../../checks/all-rules.ts';
import type { Report } from '../../model/report.ts';
import { globMatcher } from '../../plan/glob.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { runMail } from '../mail-run.ts';
import type { MailRun } from '../mail-run-task.ts';
import { workflowRun } from '../workflow/run.ts';
import { selectable } from '../workflow/selection.ts';
import { workflowTarget } from '../workflow/target.ts';
import { joinReports } from './join.ts';

export const workflowNames = (): readonly string[] => selectable(allRules);

/** The mailboxes and CRMs of a run, and after them the definitions that the same configuration names. */
export const withWorkflows =
  (flags: CommonFlags, context: Context) =>
  async (run: MailRun): Promise<Report> => {
    const outside = run.subjects.length > 0 ? await runMail(run) : undefined;
    const { only } = run.selection;
    if (outside && only.length > 0 && !workflowNames().some(globMatcher(only))) return outside;
    const target = await workflowTarget([], flags, context);
    const inside = await workflowRun(target, flags, context)(run);
    return outside ? joinReports(outside, inside) : inside;
  };

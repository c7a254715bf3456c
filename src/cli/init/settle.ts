import type { Change } from '../../model/config.ts';
import type { Subject } from '../../model/mailbox.ts';
import { withChange } from '../../model/mailbox.ts';
import type { Report } from '../../model/report.ts';
import { provenChange } from '../apply-change.ts';
import { runMail } from '../mail-run.ts';
import type { MailRun } from '../mail-run-task.ts';

/** A mailbox as it stands after everything that was proven to mend it. */
export interface Settled {
  readonly report: Report;
  readonly subject: Subject;
  /** What was found and is not what was tried first. */
  readonly change: readonly Change[];
}

const mostRounds = 3;

/**
 * Runs the checks, takes over what a trial has proven (another form of the login name, the host of the certificate), and
 * runs them again on the result. What the world has seen is not asked again, so a further round costs no further login.
 */
export const settle = async (run: MailRun, start: Subject): Promise<Settled> => {
  let subject = start;
  let taken: readonly Change[] = [];
  for (let round = 1; ; round += 1) {
    // Its diagnoses are checked again by `crm-doctor mail`, once there is a file.
    const seen = await runMail({ ...run, command: 'mail', subjects: [subject] });
    const report: Report = { ...seen, run: { ...seen.run, command: run.command } };
    const change = provenChange(report);
    if (change.length === 0 || round === mostRounds || report.run.interrupted)
      return { report, subject, change: taken };
    subject = withChange(subject, change);
    taken = [...taken, ...change];
  }
};

import type { Report } from '../../model/report.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import type { MailRun } from '../mail-run-task.ts';
import type { OpenWorld } from '../open-world.ts';
import { syncRun } from '../sync/compare-all.ts';
import { syncCommandOf } from '../sync/target.ts';
import { joinReports } from './join.ts';

/** What else a configuration describes, and after it the records that it compares. */
export const withComparisons =
  (
    subjects: readonly SyncSubject[],
    opened: Pick<OpenWorld, 'secrets' | 'crm'>,
    look: ((run: MailRun) => Promise<Report>) | undefined,
  ) =>
  async (run: MailRun): Promise<Report> => {
    const outside = look && (await look(run));
    const words = run.call ? ` ${run.call}` : '';
    const commandFor = (subject: SyncSubject): string => `${syncCommandOf(subject)}${words}`;
    const compared = await syncRun({ subjects, commandFor }, opened, { redact: false })(run);
    return outside ? joinReports(outside, compared) : compared;
  };

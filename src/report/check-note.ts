import type { CheckReport, Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';
import type { MailboxPart } from './grouping.ts';
import { diagnosesOf, kindOf, nameOf } from './grouping.ts';

const notes = {
  unexplained: { en: 'No known cause explains this.', ja: '既知の原因には当てはまりませんでした。' },
  follows: { en: 'Follows from the cause above.', ja: '上の原因によるものです。' },
} as const satisfies Readonly<Record<string, Text>>;

/**
 * What these say is the reason already (a file that is not there, a value that cannot be right), and the reader knows what
 * to do. There is no cause to look for behind it, so that "no known cause" would only unsettle.
 */
const saysWhy = ({ id }: CheckReport): boolean => /^(?:sync|workflow)\./.test(id) || id === 'mail.config';

/** Whether a failed check has to be told on its own, and a reader would ask why. */
export const isUnexplained = (check: CheckReport, { unexplained }: Pick<Report, 'unexplained'>): boolean =>
  check.status === 'fail' && unexplained.includes(nameOf(check)) && !saysWhy(check);

/** What is to be said of a failed check beyond its own sentence. */
export const noteOf = (
  check: CheckReport,
  part: MailboxPart,
  report: Pick<Report, 'unexplained'>,
): Text | undefined => {
  if (check.status !== 'fail' || saysWhy(check) || diagnosesOf(check, part.diagnoses).length > 0) return undefined;
  // What a CRM says of its mail follows from what is wrong with its accounts, which are parts of their own.
  const told = part.diagnoses.length > 0 || kindOf(part) === 'crm';
  return told && !report.unexplained.includes(nameOf(check)) ? notes.follows : notes.unexplained;
};

export const noCause: Text = notes.unexplained;

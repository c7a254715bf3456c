import { createHash } from 'node:crypto';
import type { CheckReport, Report } from '../model/report.ts';

/** How each check of each mailbox stood when it was looked at last: short, as there may be very many. */
export type Rows = Readonly<Record<string, string>>;

const most = 50_000;

const hashOf = (words: readonly string[], length: number): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, length);

/** What was left out, or waits for another try of a login, was not looked at. */
const wasLooked = ({ status, evidence }: CheckReport): boolean =>
  status !== 'skip' && !evidence.some(({ withheld }) => withheld === 'waiting');

const nameOf = (check: string, mailbox: string, target: string): string => JSON.stringify([check, mailbox, target]);

/** The rows after a run, and whether anything is other than before: a status, or the causes that explain it. */
export const afterRun = (
  rows: Rows,
  { checks, diagnoses }: Pick<Report, 'checks' | 'diagnoses'>,
): { readonly rows: Rows; readonly changed: boolean } => {
  const causes = new Map<string, Set<string>>();
  for (const { cause, mailbox, severity, evidence } of diagnoses) {
    for (const { check, target } of evidence) {
      const name = nameOf(check, mailbox, target);
      causes.set(name, (causes.get(name) ?? new Set()).add(`${cause} ${severity}`));
    }
  }
  const next = new Map(Object.entries(rows));
  let changed = false;
  for (const check of checks.filter(wasLooked)) {
    const name = nameOf(check.id, check.mailbox, check.target);
    const key = hashOf([name], 10);
    const shown = [...(causes.get(name) ?? [])].toSorted();
    const stands = `${check.status}${shown.length === 0 ? '' : ` ${hashOf(shown, 6)}`}`;
    if (next.get(key) !== stands) changed = true;
    // What is looked at stays; what nobody looks at any more is the first to make room.
    next.delete(key);
    next.set(key, stands);
  }
  return { rows: Object.fromEntries([...next].slice(-most)), changed };
};

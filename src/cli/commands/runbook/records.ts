import type { RunbookRecord } from '../../../runbook/record.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import type { Entry } from '../../../runbook/select.ts';
import { entriesOf } from '../../../runbook/select.ts';
import { UsageError } from '../../command.ts';

/** Runs begin with their year, records and sessions of the guide with a letter. */
const isNoRun = (wanted: string): boolean => /^[a-z]/i.test(wanted) && wanted !== 'last';

/** The records with an id that begins like this, or the steps of a session of the guide. */
export const recordsCalled = async (
  runbook: Pick<Runbook, 'read'>,
  wanted: string,
): Promise<{ readonly records: readonly RunbookRecord[]; readonly session?: string }> => {
  if (!isNoRun(wanted)) return { records: [] };
  const found: RunbookRecord[] = [];
  const session: RunbookRecord[] = [];
  const written = JSON.stringify(wanted).slice(0, -1);
  for await (const record of runbook.read({ holding: written })) {
    if (record.id?.startsWith(wanted)) found.push(record);
    if ('session' in record && record.session === wanted) session.push(record);
  }
  if (session.length > 0) return { records: session, session: wanted };
  const exact = found.filter(({ id }) => id === wanted);
  const fitting = exact.length > 0 ? exact.slice(0, 1) : found;
  if (fitting.length > 1) {
    const ids = fitting.slice(0, 10).map(({ id }) => id);
    throw new UsageError({
      en: `${wanted} fits several records: ${ids.join(', ')}`,
      ja: `${wanted} に当てはまる記録が複数あります: ${ids.join('、')}`,
    });
  }
  return { records: fitting };
};

/** What was written down about a run, a record or a session, the earliest first. */
export const entriesAbout = async (runbook: Pick<Runbook, 'read'>, id: string): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  for await (const entry of entriesOf(runbook, id)) entries.push(entry);
  return entries.toReversed();
};

import type { Finding } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { CrmSubject } from '../../src/model/crm/subject.ts';
import type { LogDetail, Logged } from '../logs/log-says.ts';
import { logDetailOf, seenIn } from '../logs/log-says.ts';
import { crmLogs, currentRows } from './logs.check.ts';

/** The finding of a cause that the CRM's own log shows at present, or none. */
export const fromCrmLogs = (
  cause: string,
  evidence: Evidence,
  { label }: CrmSubject,
): readonly Finding<LogDetail>[] => {
  const fact = evidence.fact(crmLogs);
  const row = fact && currentRows(fact).find((one) => one.cause === cause);
  if (!row) return [];
  return [
    {
      detail: logDetailOf(row),
      severity: 'critical',
      confidence: row.confidence,
      affects: [label],
      evidence: [{ check: crmLogs, says: seenIn(row, row.samples) }],
    },
  ];
};

/** What the CRM's answers show, else what its log shows of it. */
export const orFromCrmLogs = <Detail>(
  live: readonly Finding<Detail>[],
  ...asked: Parameters<typeof fromCrmLogs>
): readonly Finding<Detail | Logged>[] =>
  live.length > 0
    ? live
    : fromCrmLogs(...asked).map((finding) => ({ ...finding, detail: { kind: 'log', log: finding.detail } }));

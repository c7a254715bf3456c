import type { CheckReport, CheckStatus, Diagnosis, Report } from '../../src/model/report.ts';
import { statusOf, summaryOf } from '../../src/model/report.ts';

const mailbox = 'sales@example.co.jp';

export const check = (id: string, target: string, status: CheckStatus): CheckReport => ({
  id,
  mailbox,
  target,
  title: id,
  status,
  summary: id,
  durationMs: 1,
  evidence: [],
});

export const diagnosis = (cause: string, shown: string, target: string): Diagnosis => ({
  cause,
  mailbox,
  severity: 'critical',
  confidence: 0.95,
  title: cause,
  explanation: cause,
  affects: [target],
  evidence: [{ check: shown, target, says: 'seen' }],
  fix: { owner: 'user', steps: ['mend it'], change: [], alternatives: [] },
  ruledOut: [],
  proof: { status: 'not-tried', says: '' },
  verify: '',
});

export const reportOf = (checks: readonly CheckReport[], diagnoses: readonly Diagnosis[] = []): Report => ({
  schema: 'crm-doctor/report/v1',
  tool: { name: 'crm-doctor', version: '0.0.0' },
  run: { id: 'r', command: 'mail', target: mailbox, startedAt: '2026-11-26T00:00:00Z', durationMs: 1, language: 'en' },
  status: statusOf(checks),
  summary: summaryOf(checks),
  checks,
  diagnoses,
  unexplained: [],
  prevention: [],
  exitCode: 0,
});

import type { CheckReport, Report } from '../../model/report.ts';
import { statusOf, summaryOf } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';

export const syncCheckId = 'sync.compare';

const title: Text = { en: 'The records of both sides agree', ja: '両側のレコードが一致する' };
const says: Text = {
  en: 'sync: is described, and this version does not compare records yet',
  ja: 'sync: の設定がありますが、このバージョンはまだレコードを比較しません',
};

/** The report with a row for what the configuration describes and nobody looked at: it must not look like health. */
export const withoutComparison = (report: Report): Report => {
  const { language } = report.run;
  const row: CheckReport = {
    id: syncCheckId,
    mailbox: 'sync',
    target: '',
    title: title[language],
    status: 'unknown',
    summary: says[language],
    durationMs: 0,
    evidence: [],
  };
  const checks = [...report.checks, row];
  return {
    ...report,
    checks,
    status: statusOf(checks),
    summary: summaryOf(checks),
    exitCode: report.exitCode === 0 ? 3 : report.exitCode,
  };
};

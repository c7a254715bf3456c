import { jsonOf } from './json-text.ts';
import type { Reporter } from './reporter.ts';

/** One line a check, one a diagnosis, the rest of the report as the last one. */
export const ndjsonReporter: Reporter = {
  name: 'ndjson',
  render: (report) => {
    const { checks, diagnoses, ...rest } = report;
    const lines = [
      ...checks.map((check) => ({ type: 'check', run: report.run.id, ...check })),
      ...diagnoses.map((diagnosis) => ({ type: 'diagnosis', run: report.run.id, ...diagnosis })),
      { type: 'summary', ...rest },
    ];
    return lines.map((line) => `${jsonOf(line)}\n`).join('');
  },
};

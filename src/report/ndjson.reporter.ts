import { comparisonsOf } from './comparison/classes.ts';
import { jsonOf } from './json-text.ts';
import type { Reporter } from './reporter.ts';

/** One line a check, one a diagnosis, finding, simulated sample and comparison, the rest of the report as the last one. */
export const ndjsonReporter: Reporter = {
  name: 'ndjson',
  render: (report) => {
    const { checks, diagnoses, findings = [], simulation = [], comparison: _one, comparisons: _all, ...rest } = report;
    const lines = [
      ...checks.map((check) => ({ type: 'check', run: report.run.id, ...check })),
      ...diagnoses.map((diagnosis) => ({ type: 'diagnosis', run: report.run.id, ...diagnosis })),
      ...findings.map((finding) => ({ type: 'finding', run: report.run.id, ...finding })),
      ...simulation.map((sample) => ({ type: 'simulation', run: report.run.id, ...sample })),
      ...comparisonsOf(report).map((comparison) => ({ type: 'comparison', run: report.run.id, ...comparison })),
      { type: 'summary', ...rest },
    ];
    return lines.map((line) => `${jsonOf(line)}\n`).join('');
  },
};

import { ndjsonOf } from './ndjson-lines.ts';
import type { Reporter } from './reporter.ts';

/** One line a check, one a diagnosis, finding, simulated sample and comparison, the rest of the report as the last one. */
export const ndjsonReporter: Reporter = {
  name: 'ndjson',
  render: (report) => ndjsonOf(report),
};

import { jsonOf } from './json-text.ts';
import type { Reporter } from './reporter.ts';

/** The report itself, for scripts. */
export const jsonReporter: Reporter = {
  name: 'json',
  render: (report) => `${jsonOf(report, 2)}\n`,
};

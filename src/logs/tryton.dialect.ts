import type { Dialect } from './dialect.ts';
import { levelOf } from './dialect.ts';
import { isoTime } from './time.ts';

/** `PID THREAD [DATE TIME,ms] LEVEL logger message`. */
export const tryton: Dialect = {
  name: 'tryton',
  cut: (line) => {
    const [head, stamp, level, logger] =
      /^\d+ \d+ \[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})\] ([A-Z]+) (\S+) /.exec(line) ?? [];
    if (head === undefined) return undefined;
    const at = isoTime(stamp ?? '');
    return {
      dialect: 'tryton',
      program: logger ?? 'trytond',
      side: 'client-log',
      level: levelOf(level ?? ''),
      text: line.slice(head.length),
      ...(at === undefined ? {} : { at }),
    };
  },
};

import type { Dialect } from './dialect.ts';
import { levelOf } from './dialect.ts';
import { ctimeTime } from './time.ts';

/** `Tue Nov 24 09:00:18 2026 [pid][user][FATAL] message`. */
export const suitecrm: Dialect = {
  name: 'suitecrm',
  cut: (line) => {
    const [head, stamp, level] =
      /^(\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d \d{4}) \[[^\]]*\]\[[^\]]*\]\[(\w+)\] /.exec(line) ?? [];
    if (head === undefined) return undefined;
    const at = ctimeTime(stamp ?? '');
    return {
      dialect: 'suitecrm',
      program: 'suitecrm',
      side: 'client-log',
      level: levelOf(level ?? ''),
      text: line.slice(head.length),
      ...(at === undefined ? {} : { at }),
    };
  },
};

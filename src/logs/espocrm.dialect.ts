import type { Dialect } from './dialect.ts';
import { levelOf, messageIdIn } from './dialect.ts';
import { isoTime } from './time.ts';

/** `[YYYY-MM-DD HH:MM:SS] LEVEL: (code) message :: METHOD /route :: file(line)`. */
export const espocrm: Dialect = {
  name: 'espocrm',
  cut: (line) => {
    const [head, stamp, level] = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] ([A-Z]{4,9}): /.exec(line) ?? [];
    if (head === undefined) return undefined;
    const at = isoTime(stamp ?? '');
    const text = line.slice(head.length);
    return {
      dialect: 'espocrm',
      program: 'espocrm',
      side: 'client-log',
      level: levelOf(level ?? ''),
      text,
      ...(at === undefined ? {} : { at }),
      ...messageIdIn(text),
    };
  },
};

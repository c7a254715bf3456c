import type { Dialect } from './dialect.ts';
import { levelOf, messageIdIn } from './dialect.ts';
import { isoTime } from './time.ts';

const form = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \d+ ([A-Z]+) (\S+) ([\w.?-]+): /;

/** `DATE TIME,ms PID LEVEL DB logger: message`. */
export const odoo: Dialect = {
  name: 'odoo',
  cut: (line) => {
    const [head, stamp, level, , logger] = form.exec(line) ?? [];
    if (head === undefined) return undefined;
    // Odoo sets its own zone to UTC.
    const at = isoTime(stamp ?? '', 'utc');
    const text = line.slice(head.length);
    return {
      dialect: 'odoo',
      program: logger ?? 'odoo',
      side: 'client-log',
      level: levelOf(level ?? ''),
      text,
      ...(at === undefined ? {} : { at }),
      ...messageIdIn(text),
    };
  },
};

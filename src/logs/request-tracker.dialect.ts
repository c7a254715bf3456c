import type { Dialect } from './dialect.ts';
import { levelOf } from './dialect.ts';
import { ctimeTime } from './time.ts';

/** `[pid] [Tue Nov 24 09:00:18 2026] [error]: message (file:line)`; RT writes these times in UTC. */
export const requestTracker: Dialect = {
  name: 'request-tracker',
  cut: (line) => {
    const [head, stamp, level] =
      /^\[\d+\] \[(\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d \d{4})\] \[(\w+)\]: /.exec(line) ?? [];
    if (head === undefined) return undefined;
    const at = ctimeTime(stamp ?? '', 'utc');
    const text = line.slice(head.length);
    const id = /^(<[^<>\s]{1,250}@[^<>\s]{1,250}>) /.exec(text)?.[1];
    return {
      dialect: 'request-tracker',
      program: 'rt',
      side: 'client-log',
      level: levelOf(level ?? ''),
      text,
      ...(at === undefined ? {} : { at }),
      ...(id === undefined ? {} : { messageId: id }),
    };
  },
};

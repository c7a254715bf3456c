import type { Cut, Dialect } from './dialect.ts';
import { refinedByProgram } from './inner.ts';
import { isoTime, syslogTime } from './time.ts';

const tag = /^(\S+) ([^\s:[\]]{1,80})(?:\[[^\]]{1,20}\])?: ?/;
const severity = (priority: number): 'info' | 'warning' | 'error' =>
  priority % 8 <= 3 ? 'error' : priority % 8 === 4 ? 'warning' : 'info';

const cutOf = (at: number | undefined, program: string, text: string): Cut =>
  refinedByProgram({ dialect: 'syslog', program, side: 'server-log', text, ...(at === undefined ? {} : { at }) });

// <34>1 2026-11-24T09:00:01.003+09:00 host app procid msgid [data] text
const rfc5424 = /^<(\d{1,3})>1 (\S+) \S+ (\S+) \S+ \S+ (?:-|(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])+)(?: \ufeff?(.*))?$/;

/** RFC 5424, and RFC 3164 with its own date or with the ISO date that rsyslog and journald write today. */
export const syslog: Dialect = {
  name: 'syslog',
  cut: (line, { mtime }) => {
    const [, priority, stamp, app, words] = rfc5424.exec(line) ?? [];
    if (priority !== undefined) {
      return { ...cutOf(isoTime(stamp ?? ''), app ?? '', words ?? ''), level: severity(Number(priority)) };
    }
    const plain = line.replace(/^<\d{1,3}>/, '');
    const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)) /.exec(plain)?.[0];
    const short = iso ?? /^\w{3} +\d{1,2} \d\d:\d\d:\d\d /.exec(plain)?.[0];
    if (short === undefined) return undefined;
    const rest = plain.slice(short.length);
    const [head, , program] = tag.exec(rest) ?? [];
    if (head === undefined) return undefined;
    const at = iso === undefined ? syslogTime(short, mtime) : isoTime(iso);
    return cutOf(at, program ?? '', rest.slice(head.length));
  },
};

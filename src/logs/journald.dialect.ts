import type { Dialect } from './dialect.ts';
import { refinedByProgram } from './inner.ts';
import { objectIn, textOf } from './json-line.ts';

/** `journalctl -o json`. */
export const journald: Dialect = {
  name: 'journald',
  cut: (line) => {
    if (!line.includes('"__REALTIME_TIMESTAMP"')) return undefined;
    const entry = objectIn(line);
    if (!entry) return undefined;
    const micros = Number(textOf(entry.__REALTIME_TIMESTAMP));
    const priority = Number(textOf(entry.PRIORITY) || '6');
    const cut = refinedByProgram({
      dialect: 'journald',
      program: textOf(entry.SYSLOG_IDENTIFIER) || textOf(entry._COMM),
      side: 'server-log',
      text: textOf(entry.MESSAGE),
      decoded: true,
      ...(Number.isFinite(micros) ? { at: Math.floor(micros / 1000) } : {}),
    });
    return { ...cut, decoded: true, ...(priority <= 3 ? { level: 'error' as const } : {}) };
  },
};

import type { Dialect } from './dialect.ts';
import { levelOf, messageIdIn } from './dialect.ts';
import { objectIn, textOf } from './json-line.ts';
import { isoTime } from './time.ts';

const pinoLevel = (level: number): 'info' | 'warning' | 'error' =>
  level >= 50 ? 'error' : level >= 40 ? 'warning' : 'info';

const timeOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? (value > 1e11 ? value : value * 1000) : isoTime(textOf(value));

/** The texts of an error inside an object: message, code, and what the server said. */
const errorText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return ['name', 'message', 'code', 'response', 'responseText', 'reason']
    .map((key) => textOf(Reflect.get(value, key)))
    .filter((part) => part !== '')
    .join(' ');
};

/** JSON lines of pino, bunyan, winston and Nextcloud, and an ISO time before plain text (nodemailer, imapflow, PM2, Docker). */
export const node: Dialect = {
  name: 'node',
  cut: (line) => {
    const entry = objectIn(line);
    if (entry) {
      const at = timeOf(entry.time ?? entry.timestamp ?? entry['@timestamp'] ?? entry.ts);
      const level = entry.level;
      const text = [textOf(entry.msg ?? entry.message), errorText(entry.err ?? entry.error ?? entry.exception)]
        .filter((part) => part !== '')
        .join(' ');
      return {
        dialect: 'node',
        program: textOf(entry.name ?? entry.app ?? entry.component),
        side: 'client-log',
        text: text || line,
        decoded: true,
        ...(at === undefined ? {} : { at }),
        ...(typeof level === 'number' && level >= 10 ? { level: pinoLevel(level) } : {}),
        ...(typeof level === 'string' ? { level: levelOf(level) } : {}),
        ...messageIdIn(text),
      };
    }
    const [head, stamp] =
      /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\s?(?:Z|[+-]\d\d:?\d\d)?)\]?[ \t|:-]+/.exec(line) ?? [];
    if (head === undefined) return undefined;
    const at = isoTime(stamp ?? '');
    const text = line.slice(head.length);
    return {
      dialect: 'node',
      program: '',
      side: 'client-log',
      text,
      ...(at === undefined ? {} : { at }),
      ...messageIdIn(text),
    };
  },
};

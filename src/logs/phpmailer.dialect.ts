import type { Dialect } from './dialect.ts';
import { levelOf, messageIdIn } from './dialect.ts';
import { isoTime, phpTime } from './time.ts';

/** PHP's error log, and the dialogue that PHPMailer prints with SMTPDebug. */
export const phpmailer: Dialect = {
  name: 'phpmailer',
  cut: (line) => {
    const [head, stamp] = /^\[(\d\d-\w{3}-\d{4} \d\d:\d\d:\d\d[^\]]{0,40})\] /.exec(line) ?? [];
    if (head !== undefined) {
      const at = phpTime(stamp ?? '');
      const text = line.slice(head.length);
      const level = /^PHP ([A-Z]\w+)/.exec(text)?.[1];
      return {
        dialect: 'phpmailer',
        program: 'php',
        side: /SERVER -> CLIENT/.test(text) ? 'client-reply' : 'client-log',
        text,
        ...(at === undefined ? {} : { at }),
        ...(level === undefined ? {} : { level: level === 'Fatal' ? ('error' as const) : levelOf(level) }),
        ...messageIdIn(text),
      };
    }
    const [debug, time, , direction] =
      /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?(\s*)((?:SERVER|CLIENT) -> (?:SERVER|CLIENT)|SMTP (?:ERROR|Error|NOTICE|INBOUND)|Connection): ?/.exec(
        line,
      ) ?? [];
    if (debug === undefined) return undefined;
    // PHPMailer writes these times with gmdate().
    const at = time === undefined ? undefined : isoTime(time, 'utc');
    return {
      dialect: 'phpmailer',
      program: 'phpmailer',
      side: direction === 'SERVER -> CLIENT' ? 'client-reply' : 'client-log',
      text: line.slice((time ?? '').length).trimStart(),
      ...(at === undefined ? {} : { at }),
    };
  },
};

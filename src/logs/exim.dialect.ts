import type { Cut, Dialect, Inner } from './dialect.ts';
import { messageIdIn } from './dialect.ts';
import { isoTime } from './time.ts';

// Up to 4.96 an id is 6-6-2 characters, later 6-11-4.
const queueId = /^([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) /;

const refined = (cut: Cut): Cut => {
  const id = queueId.exec(cut.text)?.[1];
  return {
    ...cut,
    dialect: 'exim',
    side: /from remote mail server after/.test(cut.text)
      ? 'client-reply'
      : / (?:\*\*|==) /.test(cut.text)
        ? 'client-log'
        : 'server-log',
    ...(id === undefined ? {} : { queueId: id }),
    ...messageIdIn(cut.text),
  };
};

/** Behind syslog, where the time stands twice. */
export const eximInner: Inner = {
  name: 'exim',
  programs: /^exim/,
  refine: (cut) => refined({ ...cut, text: cut.text.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? /, '') }),
};

const own =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?) (?:\[\d+\] )?(?=[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-|H=|SMTP |TLS |Connection |no host|no IP|unexpected|rejected|\S+ authenticator|Start|End|exim )/;

/** Exim's main log and reject log. */
export const exim: Dialect = {
  name: 'exim',
  cut: (line) => {
    const [head, time] = own.exec(line) ?? [];
    if (head === undefined) return undefined;
    const at = isoTime(time ?? '');
    return refined({
      dialect: 'exim',
      program: 'exim',
      side: 'server-log',
      text: line.slice(head.length),
      ...(at === undefined ? {} : { at }),
    });
  },
};

import type { Cut, Dialect, Inner } from './dialect.ts';
import { levelOf, messageIdIn } from './dialect.ts';
import { isoTime, syslogTime } from './time.ts';

const service =
  /^((?:imap|pop3|lmtp|lda|auth|managesieve|submission|master|config|anvil|indexer|stats|log)[\w-]*)(?:\([^)]*\))?(?:<[^>]*>)*: /;

const refined = (cut: Cut): Cut => {
  const level = /: (Info|Warning|Error|Fatal|Panic): /.exec(cut.text)?.[1];
  const session = /session=<([^>]{3,40})>/.exec(cut.text)?.[1];
  return {
    ...cut,
    dialect: 'dovecot',
    side: 'server-log',
    ...(level === undefined ? {} : { level: levelOf(level) }),
    ...(session === undefined ? {} : { queueId: session }),
    ...messageIdIn(cut.text),
  };
};

/** Behind syslog. */
export const dovecotInner: Inner = { name: 'dovecot', programs: /^dovecot/, refine: refined };

/** Dovecot's own file (log_path). */
export const dovecot: Dialect = {
  name: 'dovecot',
  cut: (line, { mtime }) => {
    const [head, iso, short] =
      /^(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)|(\w{3} +\d{1,2} \d\d:\d\d:\d\d)) /.exec(line) ?? [];
    if (head === undefined) return undefined;
    const text = line.slice(head.length);
    const program = service.exec(text)?.[1];
    if (program === undefined) return undefined;
    const at = iso === undefined ? syslogTime(short ?? '', mtime) : isoTime(iso);
    return refined({ dialect: 'dovecot', program, side: 'server-log', text, ...(at === undefined ? {} : { at }) });
  },
};

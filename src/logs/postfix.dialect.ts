import type { Inner } from './dialect.ts';
import { messageIdIn } from './dialect.ts';

// Short queue ids are hexadecimal, long ones (enable_long_queue_ids) use 52 letters and digits without vowels.
const queueId = /^(?=[A-Za-z]*\d)([0-9A-Za-z]{4,20}): /;

export const postfix: Inner = {
  name: 'postfix',
  programs: /^(?:postfix|opendkim|opendmarc|amavis|postgrey)/,
  refine: (cut) => {
    const id = queueId.exec(cut.text)?.[1];
    return {
      ...cut,
      dialect: 'postfix',
      // smtp(8) and lmtp(8) are clients, which quote what the other server said.
      side: /\/(?:smtp|lmtp)$/.test(cut.program)
        ? / said: /.test(cut.text)
          ? 'client-reply'
          : 'client-log'
        : 'server-log',
      ...(id === undefined ? {} : { queueId: id }),
      ...messageIdIn(cut.text),
    };
  },
};

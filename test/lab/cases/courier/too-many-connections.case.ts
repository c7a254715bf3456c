import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'another program holds every connection that Courier gives to one address: it hangs up without a word',
  courier: { imap: { MAXPERIP: '2' } },
  postfix: false,
  holds: [{ port: 993, tls: true, count: 2, lines: ['a NOOP'] }],
  config: mail({ smtp: undefined, imap: imap() }),
  causes: ['net.closed-before-greeting'],
});

import { defineCase, imap, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'Courier keeps the mail, Exim brings it into the Maildir: a message is sent, found over IMAP and deleted',
  exim: {},
  courier: {},
  config: mail({ smtp: smtp(), imap: imap(), pop3: pop3(), roundTrip: { enabled: true, timeout: '20s' } }),
  causes: [],
  healthy: true,
});

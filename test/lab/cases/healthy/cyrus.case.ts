import { defineCase, imap, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'Cyrus keeps the mail, Exim brings it over LMTP: a message is sent, found over IMAP and deleted',
  exim: {},
  cyrus: {},
  config: mail({ smtp: smtp(), imap: imap(), pop3: pop3(), roundTrip: { enabled: true, timeout: '20s' } }),
  causes: [],
  healthy: true,
});

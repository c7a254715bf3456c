import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'Exim on port 25 takes the mail of a CRM whose address has no reverse name; receivers see that of Exim',
  dns: { zones: { '113.0.203.in-addr.arpa': ['10 PTR mail.aozora.test.'] } },
  exim: {},
  config: mail({ password: undefined, imap: undefined, smtp: smtp({ port: 25 }) }),
  causes: [],
  healthy: true,
});

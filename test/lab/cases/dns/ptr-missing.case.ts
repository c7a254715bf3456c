import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'a relay on port 25 wants a reverse name, and the address of the CRM has none',
  dns: { zones: { '113.0.203.in-addr.arpa': ['10 PTR mail.aozora.test.'] } },
  postfix: { main: { smtpd_client_restrictions: 'reject_unknown_reverse_client_hostname' } },
  config: mail({ password: undefined, imap: undefined, smtp: smtp({ port: 25 }) }),
  causes: ['dns.ptr-missing'],
});

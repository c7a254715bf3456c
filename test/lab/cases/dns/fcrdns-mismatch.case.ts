import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'a relay on port 25 wants a reverse name that leads back, and that of the CRM has no address',
  postfix: { main: { smtpd_client_restrictions: 'reject_unknown_client_hostname' } },
  config: mail({ password: undefined, imap: undefined, smtp: smtp({ port: 25 }) }),
  causes: ['dns.fcrdns-mismatch'],
});

import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'Exim on port 25 takes the mail of a CRM whose reverse name has no address',
  exim: {},
  config: mail({ password: undefined, imap: undefined, smtp: smtp({ port: 25 }) }),
  causes: ['dns.fcrdns-mismatch'],
  severity: 'warning',
});

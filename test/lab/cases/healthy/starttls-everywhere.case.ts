import { defineCase, imap, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'STARTTLS on 587, 143 and 110',
  selection: true,
  config: mail({
    smtp: smtp(),
    imap: imap({ port: 143, security: 'starttls' }),
    pop3: pop3({ port: 110, security: 'starttls' }),
  }),
  causes: [],
  healthy: true,
});

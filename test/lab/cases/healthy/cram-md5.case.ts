import { defineCase, imap, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'all three services with CRAM-MD5, as the CRM is set',
  dovecot: { conf: ['auth_mechanisms = plain cram-md5'] },
  config: mail({
    smtp: smtp({ mechanism: 'cram-md5' }),
    imap: imap({ mechanism: 'cram-md5' }),
    pop3: pop3({ mechanism: 'cram-md5' }),
  }),
  causes: [],
  healthy: true,
});

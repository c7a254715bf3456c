import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the CRM is set to CRAM-MD5, and the servers offer PLAIN only',
  dovecot: { conf: ['auth_mechanisms = plain'] },
  config: mail({ smtp: smtp({ mechanism: 'cram-md5' }), imap: imap({ mechanism: 'cram-md5' }) }),
  causes: ['auth.mechanism-unsupported'],
  proof: [{ path: 'mail.smtp.mechanism', to: 'plain' }],
});

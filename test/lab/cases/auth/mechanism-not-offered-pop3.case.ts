import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'the CRM is set to LOGIN, and the POP3 server offers CRAM-MD5 only',
  dovecot: { conf: ['auth_mechanisms = cram-md5'] },
  config: mail({ smtp: undefined, imap: undefined, pop3: pop3({ mechanism: 'login' }) }),
  causes: ['auth.mechanism-unsupported'],
  proof: [{ path: 'mail.pop3.mechanism', to: 'cram-md5' }],
});

import { defineCase, imap, oauthMail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'a token in place of the password, on all three protocols',
  issuer: {},
  dovecot: { oauth: { scope: 'mail' } },
  config: oauthMail({ smtp: smtp(), imap: imap(), pop3: pop3() }),
  causes: [],
  healthy: true,
});

import { defineCase, imap, oauthMail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'the token has ended an hour ago, and nothing renews it',
  selection: true,
  issuer: {},
  token: { lasts: -3600 },
  dovecot: { oauth: { scope: 'mail' } },
  config: oauthMail({ smtp: smtp(), imap: imap(), pop3: pop3() }),
  causes: ['auth.oauth-token-expired'],
});

import { defineCase, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'the token is for the calendar',
  issuer: {},
  token: { scope: 'calendar' },
  dovecot: { oauth: { scope: 'mail' } },
  config: oauthMail(),
  causes: ['auth.oauth-scope'],
});

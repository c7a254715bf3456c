import { defineCase, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'somebody else was signed in when the CRM was connected',
  issuer: {},
  token: { user: 'taro@aozora.test' },
  dovecot: { oauth: { scope: 'mail' } },
  config: oauthMail(),
  causes: ['auth.oauth-wrong-user'],
});

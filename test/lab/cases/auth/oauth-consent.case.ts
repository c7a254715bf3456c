import { defineCase, fetchedToken, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'nobody has consented to the app',
  issuer: { fail: { token: 'consent' } },
  dovecot: { oauth: {} },
  config: oauthMail({ oauth: fetchedToken }),
  causes: ['auth.oauth-consent'],
});

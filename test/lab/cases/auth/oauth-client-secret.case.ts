import { defineCase, fetchedToken, oauthMail } from '../../case.ts';

export default defineCase({
  title: "the app's client secret has expired",
  issuer: { fail: { token: 'secret-expired' } },
  dovecot: { oauth: {} },
  config: oauthMail({ oauth: { ...fetchedToken, clientSecret: 'Q~8_old-secret-of-the-app' } }),
  mustNotShow: ['Q~8_old-secret-of-the-app'],
  causes: ['auth.oauth-client-secret'],
});

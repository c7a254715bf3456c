import { defineCase, fetchedToken, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'the token is fetched with a refresh token and a client secret',
  issuer: { clientSecret: 'Q~8_lab-secret-value' },
  dovecot: { oauth: { scope: 'mail', mechanisms: 'oauthbearer' } },
  config: oauthMail({ oauth: { ...fetchedToken, clientSecret: '${CLIENT_SECRET}' } }),
  env: { CLIENT_SECRET: 'Q~8_lab-secret-value' },
  mustNotShow: ['Q~8_lab-secret-value'],
  causes: [],
  healthy: true,
});

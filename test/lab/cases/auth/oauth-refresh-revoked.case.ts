import { defineCase, fetchedToken, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'the refresh token ended with the old password',
  issuer: { fail: { token: 'revoked' } },
  dovecot: { oauth: {} },
  config: oauthMail({ oauth: fetchedToken }),
  causes: ['auth.oauth-refresh-revoked'],
});

import { defineCase, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'the token was revoked, and says nothing of itself',
  issuer: {},
  token: { opaque: true, revoked: true },
  dovecot: { oauth: { scope: 'mail' } },
  config: oauthMail(),
  causes: ['auth.oauth-token-expired'],
});

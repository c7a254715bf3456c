import { defineCase, fetchedToken, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'a message goes round with one fetched token for both ways',
  issuer: { rotates: true },
  dovecot: { oauth: { scope: 'mail' } },
  config: oauthMail({
    oauth: { ...fetchedToken, tokenFile: './token.json' },
    roundTrip: { enabled: true, timeout: '30s' },
  }),
  causes: [],
  healthy: true,
});

import { defineCase, fetchedToken, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'a policy of the organisation issues no token to this place',
  issuer: { fail: { token: 'conditional-access' } },
  dovecot: { oauth: {} },
  config: oauthMail({ oauth: fetchedToken }),
  causes: ['auth.conditional-access'],
});

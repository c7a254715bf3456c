import { defineCase, oauthMail } from '../../case.ts';

export default defineCase({
  title: 'the CRM has a token, and the server takes passwords only',
  token: {},
  config: oauthMail(),
  causes: ['auth.mechanism-unsupported'],
});

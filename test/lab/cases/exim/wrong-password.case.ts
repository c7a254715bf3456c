import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'Exim refuses the password (535 Incorrect authentication data)',
  selection: true,
  exim: {},
  config: mail({ imap: undefined }),
  wrongPassword: true,
  causes: ['auth.wrong-credentials'],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the wrong encryption mode for fetching, and a wrong password everywhere',
  config: mail({ imap: imap({ port: 993, security: 'starttls' }) }),
  wrongPassword: true,
  causes: ['config.security-mismatch', 'auth.wrong-credentials'],
});

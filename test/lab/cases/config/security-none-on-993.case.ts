import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'no encryption on 993, where TLS starts at once',
  config: mail({ imap: imap({ security: 'none' }) }),
  causes: ['config.security-mismatch'],
  proof: [{ path: 'mail.imap.security', to: 'tls' }],
});

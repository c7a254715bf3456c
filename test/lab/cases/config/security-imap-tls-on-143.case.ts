import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'TLS from the first byte on 143, where IMAP starts in clear',
  config: mail({ imap: imap({ port: 143 }) }),
  causes: ['config.security-mismatch'],
  proof: [{ path: 'mail.imap.security', to: 'starttls' }],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'no encryption, and the server takes no login without it (LOGINDISABLED)',
  selection: true,
  config: mail({ imap: imap({ port: 143, security: 'none' }) }),
  causes: ['auth.requires-tls'],
  proof: [{ path: 'mail.imap.security', to: 'starttls' }],
});

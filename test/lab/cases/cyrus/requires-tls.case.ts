import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'no encryption on 143, and Cyrus takes logins inside TLS only',
  cyrus: {},
  postfix: false,
  config: mail({ smtp: undefined, imap: imap({ port: 143, security: 'none' }) }),
  causes: ['auth.requires-tls'],
  proof: [{ path: 'mail.imap.security', to: 'starttls' }],
});

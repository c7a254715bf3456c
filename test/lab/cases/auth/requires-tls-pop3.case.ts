import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'no encryption on 110, and the server takes no login without it',
  config: mail({ imap: undefined, pop3: pop3({ port: 110, security: 'none' }) }),
  causes: ['auth.requires-tls'],
  proof: [{ path: 'mail.pop3.security', to: 'starttls' }],
});

import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'TLS from the first byte on 110, where POP3 starts in clear',
  config: mail({ imap: undefined, pop3: pop3({ port: 110 }) }),
  causes: ['config.security-mismatch'],
  proof: [{ path: 'mail.pop3.security', to: 'starttls' }],
});

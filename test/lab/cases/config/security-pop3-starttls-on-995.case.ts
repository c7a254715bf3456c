import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'STLS on 995, where TLS starts at once',
  config: mail({ imap: undefined, pop3: pop3({ security: 'starttls' }) }),
  causes: ['config.security-mismatch'],
  proof: [{ path: 'mail.pop3.security', to: 'tls' }],
});

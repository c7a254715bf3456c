import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'nothing listens on 110, POP3 answers on 995',
  dovecot: { ports: [993, 995] },
  config: mail({ pop3: pop3({ port: 110, security: 'starttls' }) }),
  causes: ['config.wrong-port'],
  proof: [
    { path: 'mail.pop3.port', to: 995 },
    { path: 'mail.pop3.security', to: 'tls' },
  ],
});

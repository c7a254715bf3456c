import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'port 465 is dropped by the firewall, 587 answers',
  firewall: { server: ['tcp dport 465 drop'] },
  config: mail({ smtp: smtp({ port: 465, security: 'tls' }) }),
  causes: ['config.wrong-port'],
  proof: [
    { path: 'mail.smtp.port', to: 587 },
    { path: 'mail.smtp.security', to: 'starttls' },
  ],
});

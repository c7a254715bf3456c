import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'STARTTLS on 465, where TLS starts at once',
  config: mail({ smtp: smtp({ port: 465, security: 'starttls' }) }),
  causes: ['config.security-mismatch'],
  proof: [{ path: 'mail.smtp.security', to: 'tls' }],
});

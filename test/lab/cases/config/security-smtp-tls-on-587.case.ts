import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'TLS from the first byte on 587, where SMTP starts in clear',
  selection: true,
  config: mail({ smtp: smtp({ security: 'tls' }) }),
  causes: ['config.security-mismatch'],
  proof: [{ path: 'mail.smtp.security', to: 'starttls' }],
});

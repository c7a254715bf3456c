import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'no encryption on 587, and Exim offers a login inside TLS only',
  exim: {},
  config: mail({ smtp: smtp({ security: 'none' }) }),
  causes: ['auth.requires-tls'],
  proof: [{ path: 'mail.smtp.security', to: 'starttls' }],
});

import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'host and port of IMAP were entered for SMTP as well',
  config: mail({ smtp: smtp({ port: 993, security: 'tls' }) }),
  causes: ['config.protocol-mismatch'],
  proof: [{ path: 'mail.smtp.port', to: 587 }],
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'nothing is published; the usual name is tried and proven',
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: {
    writes: [
      'smtp: { host: mail.aozora.test, port: 587, security: starttls }',
      'imap: { host: mail.aozora.test, port: 993, security: tls }',
    ],
  },
  causes: [],
  healthy: true,
});

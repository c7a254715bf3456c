import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'without a password, what was seen is written, and that the login was not seen is said (exit 3)',
  init: { writes: ['imap: { host: mail.aozora.test, port: 993, security: tls }'] },
  causes: [],
  exitCode: 3,
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'only the fetching side answers: it is written, the other is said to be missing (exit 1)',
  postfix: false,
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: { writes: ['imap: { host: mail.aozora.test, port: 993, security: tls }'] },
  causes: [],
  exitCode: 1,
});

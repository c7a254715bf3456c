import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server wants the part before the @, which is found by one trial and written',
  dovecot: { users: ['sales'] },
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: { writes: ['username: sales', 'imap: { host: mail.aozora.test, port: 993, security: tls }'] },
  causes: [],
  healthy: true,
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the usual name answers with another certificate, whose name leads to the same server',
  certificates: { server: { names: ['box7.aozora.test'] } },
  dns: { add: ['box7 A 203.0.113.10'] },
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: { writes: ['imap: { host: box7.aozora.test, port: 993, security: tls }'] },
  causes: [],
  healthy: true,
});

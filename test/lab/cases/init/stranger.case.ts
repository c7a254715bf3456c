import { defineCase } from '../../case.ts';

const foreign = {
  certificates: { server: { names: ['mail.hoster.test'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['@ MX 10 mail.hoster.test.'],
    zones: { 'hoster.test': ['mail A 203.0.113.10'] },
  },
} as const;

export default defineCase({
  title: 'the DNS alone names a foreign server: no password goes there unasked',
  ...foreign,
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: { writes: ['imap: { host: mail.hoster.test, port: 993, security: tls }'] },
  causes: [],
  exitCode: 3,
});

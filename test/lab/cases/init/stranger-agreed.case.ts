import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the same foreign server with --yes: the login is proven',
  certificates: { server: { names: ['mail.hoster.test'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['@ MX 10 mail.hoster.test.'],
    zones: { 'hoster.test': ['mail A 203.0.113.10'] },
  },
  args: ['--password-env', 'MAIL_PASSWORD', '--yes'],
  init: { writes: ['imap: { host: mail.hoster.test, port: 993, security: tls }'] },
  causes: [],
  healthy: true,
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'mail finds a foreign server through the DNS alone: no password goes there, and which flag to use is said',
  config: { version: 1, mail: { address: 'info@aozora.test', smtp: { host: 'mail.aozora.test' } } },
  certificates: { server: { names: ['mail.hoster.test'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['@ MX 10 mail.hoster.test.'],
    zones: { 'hoster.test': ['mail A 203.0.113.10'] },
  },
  args: ['sales@aozora.test', '--password-env', 'MAIL_PASSWORD', '--ca', 'ca.pem'],
  causes: [],
  exitCode: 2,
});

import { autoconfigFile, autoconfigPath } from '../../autoconfig.ts';
import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the autoconfig file names the servers, and the login name in its own form',
  selection: true,
  certificates: { server: { names: ['box7.aozora.test'] }, web: { names: ['autoconfig.aozora.test'] } },
  dovecot: { users: ['sales'] },
  dns: {
    without: ['mail', '@ MX'],
    add: ['box7 A 203.0.113.10', '@ MX 10 box7', 'autoconfig A 203.0.113.80'],
  },
  pages: {
    certificate: 'web',
    https: {
      [autoconfigPath]: autoconfigFile(
        { type: 'imap', host: 'box7.%EMAILDOMAIN%', port: 993, socketType: 'SSL', username: '%EMAILLOCALPART%' },
        { type: 'smtp', host: 'box7.%EMAILDOMAIN%', port: 587, socketType: 'STARTTLS', username: '%EMAILLOCALPART%' },
      ),
    },
  },
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: {
    writes: [
      'username: sales',
      'smtp: { host: box7.aozora.test, port: 587, security: starttls }',
      'imap: { host: box7.aozora.test, port: 993, security: tls }',
    ],
  },
  causes: [],
  healthy: true,
});

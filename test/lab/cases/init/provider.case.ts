import { defineCase } from '../../case.ts';

export default defineCase({
  title:
    'the MX is of the own domain, but the name of its address is a provider’s: the server under that name is proven',
  certificates: { server: { names: ['sv1234.xserver.jp'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['@ MX 10 mx', 'mx A 203.0.113.10'],
    zones: { 'xserver.jp': ['sv1234 A 203.0.113.10'], '113.0.203.in-addr.arpa': ['10 PTR sv1234.xserver.jp.'] },
  },
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: {
    writes: [
      'smtp: { host: sv1234.xserver.jp, port: 587, security: starttls }',
      'imap: { host: sv1234.xserver.jp, port: 993, security: tls }',
    ],
  },
  causes: [],
  healthy: true,
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the certificate of Courier has expired',
  certificates: { server: { from: -400, until: -3 } },
  courier: {},
  postfix: false,
  config: mail({ smtp: undefined, imap: imap() }),
  causes: ['tls.certificate-expired'],
});

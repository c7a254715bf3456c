import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'SMTP still shows the old certificate, IMAP has the new one',
  certificates: { server: {}, old: { from: -400, until: -3 } },
  postfix: { certificate: 'old' },
  causes: ['tls.certificate-expired'],
});

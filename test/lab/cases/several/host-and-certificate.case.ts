import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a typing error in the IMAP host, and the certificate for sending has expired',
  dns: { add: ['_imaps._tcp SRV 0 1 993 mail'] },
  certificates: { old: { from: -400, until: -3 } },
  postfix: { certificate: 'old' },
  config: mail({ imap: imap({ host: 'imp.aozora.test' }) }),
  causes: ['config.wrong-host', 'tls.certificate-expired'],
});

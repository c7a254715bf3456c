import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the firewall drops everything for IMAP, and the certificate for sending has expired',
  slow: true,
  certificates: { old: { from: -400, until: -3 } },
  postfix: { certificate: 'old' },
  firewall: { server: ['tcp dport { 143, 993 } drop'] },
  causes: ['tls.certificate-expired', 'net.filtered'],
});

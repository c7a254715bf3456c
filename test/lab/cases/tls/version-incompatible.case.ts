import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'SMTP takes TLS 1.3 only, and the CRM runs on PHP 7.0',
  postfix: { ports: [587], main: { smtpd_tls_protocols: '>=TLSv1.3', smtpd_tls_mandatory_protocols: '>=TLSv1.3' } },
  config: mail({ as: { runtime: 'php', version: '7.0' } }),
  causes: ['version.incompatible'],
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'Exim with GnuTLS knows TLS 1.1 only',
  certificates: { server: { key: 'rsa2048' } },
  exim: { ports: [587], main: { tls_require_ciphers: 'LEGACY:-VERS-ALL:+VERS-TLS1.1:+RSA:+SHA1:%COMPAT' } },
  causes: ['tls.protocol-too-old'],
});

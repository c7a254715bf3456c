import { defineCase, mail, oldOpenssl } from '../../case.ts';

export default defineCase({
  title: 'an RSA key of 1024 bits, which Node.js still takes',
  certificates: { server: { key: 'rsa1024' } },
  dovecot: { openssl: oldOpenssl },
  postfix: { openssl: oldOpenssl },
  config: mail({ as: 'node' }),
  causes: ['tls.weak-key'],
  severity: 'warning',
});

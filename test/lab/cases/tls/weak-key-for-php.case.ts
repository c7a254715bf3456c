import { defineCase, mail, oldOpenssl } from '../../case.ts';

export default defineCase({
  title: 'an RSA key of 1024 bits, which the PHP of the CRM refuses',
  certificates: { server: { key: 'rsa1024' } },
  dovecot: { openssl: oldOpenssl },
  postfix: { openssl: oldOpenssl },
  config: mail({ as: 'php' }),
  causes: ['tls.weak-key'],
});

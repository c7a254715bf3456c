import { defineCase, oldOpenssl } from '../../case.ts';

export default defineCase({
  title: 'the certificate is signed with SHA-1',
  certificates: { server: { digest: 'sha1' } },
  dovecot: { openssl: oldOpenssl },
  postfix: { openssl: oldOpenssl },
  causes: ['tls.weak-key'],
});

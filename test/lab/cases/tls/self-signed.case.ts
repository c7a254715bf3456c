import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the certificate is signed by itself',
  certificates: { server: { issuer: 'self' } },
  causes: ['tls.self-signed'],
});

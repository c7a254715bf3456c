import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the certificate is signed by a CA of the company that is not trusted here',
  certificates: { server: { issuer: 'private', sends: 'with-root' } },
  causes: ['tls.unknown-issuer'],
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the certificate begins in ten days',
  certificates: { server: { from: 10, until: 300 } },
  causes: ['tls.certificate-not-yet-valid'],
});

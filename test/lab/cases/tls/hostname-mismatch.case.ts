import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the certificate is for a name that does not lead here',
  certificates: { server: { names: ['www.partner.test'] } },
  causes: ['tls.hostname-mismatch'],
});

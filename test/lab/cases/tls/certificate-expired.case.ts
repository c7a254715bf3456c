import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the certificate ended three days ago',
  selection: true,
  certificates: { server: { from: -400, until: -3 } },
  causes: ['tls.certificate-expired'],
});

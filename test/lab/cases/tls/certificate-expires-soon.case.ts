import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the certificate ends in nine days',
  certificates: { server: { until: 9 } },
  causes: ['tls.certificate-expires-soon'],
  severity: 'warning',
});

import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM does not check certificates, and the one of the server has expired',
  certificates: { server: { from: -400, until: -3 } },
  config: mail({ verify: false }),
  causes: ['tls.certificate-expired', 'config.verify-disabled'],
});

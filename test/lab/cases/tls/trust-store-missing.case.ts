import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the container of the CRM has no certificates of authorities',
  certificates: { server: { issuer: 'intermediate' } },
  config: mail({ ca: undefined, trust: 'none' }),
  env: { SSL_CERT_FILE: '{ca}' },
  causes: ['tls.trust-store-missing'],
});

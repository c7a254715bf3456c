import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: "the CRM's own bundle does not know the root that this system's store has",
  certificates: { server: { issuer: 'intermediate' } },
  clientFiles: { 'cacert.pem': 'private' },
  config: mail({ ca: undefined, trust: './cacert.pem' }),
  env: { SSL_CERT_FILE: '{ca}' },
  causes: ['tls.trust-store-outdated'],
});

import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a chain with an intermediate under a root of the system store',
  certificates: { server: { issuer: 'intermediate' } },
  config: mail({ ca: undefined }),
  env: { SSL_CERT_FILE: '{ca}' },
  causes: [],
  healthy: true,
});

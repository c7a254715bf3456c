import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: "the CRM's own bundle has the root, and nothing else does",
  certificates: { server: { issuer: 'intermediate' } },
  clientFiles: { 'cacert.pem': 'root' },
  config: mail({ ca: undefined, trust: './cacert.pem' }),
  causes: [],
  healthy: true,
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: "the CRM's own host and the client see the same expired certificate",
  certificates: { server: { from: -400, until: -3 } },
  crmHost: {},
  causes: ['tls.certificate-expired'],
  vantage: { status: 'checked', seen: 'both' },
});

import { defineCase, mail } from '../../case.ts';

// RFC 8463 appendix A.2: a key that is in order, and has nothing to do with this signature.
const key = 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const signature =
  'v=1; a=ed25519-sha256; c=relaxed/relaxed; d=aozora.test; s=crm2026; h=from:subject; bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==';

export default defineCase({
  title: 'the server signs with a key that is not the one in the DNS',
  dns: { add: [`crm2026._domainkey TXT "${key}"`] },
  postfix: {
    main: { header_checks: 'regexp:{dir}/header_checks' },
    files: { header_checks: `/^Subject:/ PREPEND DKIM-Signature: ${signature}\n` },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['policy.dkim-signature-invalid'],
  severity: 'warning',
});

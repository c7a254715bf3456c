import { defineCase, mail } from '../../case.ts';

const signature =
  'v=1; a=ed25519-sha256; c=relaxed/relaxed; d=aozora.test; s=former; h=from:subject; bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==';

export default defineCase({
  title: 'the server signs for a selector whose key was lost when the DNS was moved',
  postfix: {
    main: { header_checks: 'regexp:{dir}/header_checks' },
    files: { header_checks: `/^Subject:/ PREPEND DKIM-Signature: ${signature}\n` },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['policy.dkim-missing'],
  severity: 'warning',
});

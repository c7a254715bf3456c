import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the mail server got a new address, and the SPF record has the old one',
  dns: { without: ['@ TXT'], add: ['@ TXT "v=spf1 ip4:203.0.113.12 -all"'] },
  causes: ['policy.spf-not-listed'],
  severity: 'warning',
});

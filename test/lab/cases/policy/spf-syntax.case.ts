import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'ipv4: instead of ip4: in the SPF record',
  dns: { without: ['@ TXT'], add: ['@ TXT "v=spf1 mx ipv4:203.0.113.10 -all"'] },
  causes: ['policy.spf-syntax'],
  severity: 'warning',
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the record of a new service was added beside the one that was there',
  dns: {
    add: ['@ TXT "v=spf1 include:_spf.esp.test ~all"'],
    zones: { 'esp.test': ['_spf TXT "v=spf1 ip4:203.0.113.12 -all"'] },
  },
  causes: ['policy.spf-multiple'],
  severity: 'warning',
});

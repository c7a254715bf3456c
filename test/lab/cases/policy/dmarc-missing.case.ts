import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the domain has no DMARC record',
  dns: { without: ['_dmarc'] },
  causes: ['policy.dmarc-missing'],
  severity: 'warning',
});

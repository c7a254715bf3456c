import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the SPF record includes a service that is gone',
  dns: { without: ['@ TXT'], add: ['@ TXT "v=spf1 mx include:_spf.cancelled.test -all"'] },
  causes: ['policy.spf-syntax'],
  severity: 'warning',
});

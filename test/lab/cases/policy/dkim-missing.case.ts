import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the key of the selector that the CRM signs with is not in the DNS',
  config: mail({ dkimSelector: 'crm2026' }),
  causes: ['policy.dkim-missing'],
  severity: 'warning',
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the domain has no SPF record, and mail is taken all the same',
  selection: true,
  dns: { without: ['@ TXT'] },
  causes: ['policy.spf-missing'],
  severity: 'warning',
});

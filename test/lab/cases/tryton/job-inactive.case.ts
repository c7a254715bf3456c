import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'the scheduled action that sends marketing mail is switched off',
  tryton: { inactiveJobs: ['marketing.automation.record.activity|process'] },
  config: trytonCrm(),
  causes: ['crm.job-stopped'],
});

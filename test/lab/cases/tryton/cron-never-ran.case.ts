import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'trytond-cron was never started',
  tryton: { scheduler: 'never' },
  config: trytonCrm(),
  causes: ['crm.job-stopped'],
});

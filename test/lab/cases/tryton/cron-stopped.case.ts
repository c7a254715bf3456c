import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'trytond-cron ran ten days ago for the last time',
  tryton: { scheduler: 'stopped' },
  config: trytonCrm(),
  causes: ['crm.job-stopped'],
});

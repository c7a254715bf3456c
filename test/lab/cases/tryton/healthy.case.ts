import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'Tryton with a mail server that works, and trytond-cron running',
  tryton: {},
  config: trytonCrm(),
  causes: [],
  healthy: true,
});

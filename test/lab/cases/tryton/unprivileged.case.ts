import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'the user of the CRM is in no group, and scheduled actions are open to administrators only',
  tryton: { plainUsers: ['reader'], closedModels: ['ir.cron'] },
  config: trytonCrm({ username: 'reader' }),
  causes: ['crm.permission'],
  severity: 'any',
  exitCode: 3,
});

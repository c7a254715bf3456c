import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'the API user has no rights: Request Tracker shows it empty lists, without any error',
  postfix: false,
  dovecot: false,
  rt: { tickets: 1 },
  config: rtCrm({ username: 'newcomer' }),
  causes: ['crm.permission'],
  severity: 'warning',
  exitCode: 3,
});

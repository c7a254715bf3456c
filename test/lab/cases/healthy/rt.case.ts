import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'Request Tracker with a queue that can be written to, and mail that its sendmail takes',
  selection: true,
  postfix: false,
  dovecot: false,
  rt: { tickets: 2 },
  config: rtCrm({ logs: ['{crm log}'] }),
  causes: [],
  healthy: true,
});

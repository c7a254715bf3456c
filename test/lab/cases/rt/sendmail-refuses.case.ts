import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'sendmail of the host refuses every message',
  postfix: false,
  dovecot: false,
  rt: { sendmail: 75, tickets: 3 },
  config: rtCrm(),
  causes: ['crm.queue-stuck'],
});

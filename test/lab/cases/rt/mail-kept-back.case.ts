import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'a copy for tests keeps its mail in files ($MailCommand)',
  postfix: false,
  dovecot: false,
  rt: { config: ["Set($MailCommand, 'testfile');"], tickets: 1 },
  config: rtCrm(),
  causes: ['crm.outbound-restricted'],
});

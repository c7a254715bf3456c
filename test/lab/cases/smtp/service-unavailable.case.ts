import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server is closed for maintenance (421 at the greeting)',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: { greeting: { say: '421 4.3.2 mail.aozora.test System not accepting network messages', end: 'close' } },
    },
  ],
  causes: ['smtp.service-unavailable'],
});

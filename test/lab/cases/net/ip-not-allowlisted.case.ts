import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server greets with a refusal: the address is on no list',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: { greeting: { say: '554 5.7.1 Access denied: 203.0.113.1 is not on the allow list', end: 'close' } },
    },
  ],
  causes: ['net.ip-not-allowlisted'],
});

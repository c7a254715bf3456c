import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'a middlebox overwrites STARTTLS in the answer to EHLO',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      answers: { greeting: '220 ************************', STARTTLS: '500 5.5.1 Command unrecognized: "XXXXXXXX"' },
      capabilities: ['PIPELINING', 'SIZE 10240000', 'XXXXXXXA', 'ENHANCEDSTATUSCODES', '8BITMIME'],
    },
  ],
  causes: ['tls.starttls-stripped'],
});

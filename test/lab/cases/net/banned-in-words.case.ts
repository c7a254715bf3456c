import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server says that it has banned the address after failed logins',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        greeting: { say: '421 4.7.0 203.0.113.1 is temporarily blocked: too many failed login attempts', end: 'close' },
      },
    },
  ],
  causes: ['net.banned'],
});

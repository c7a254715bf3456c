import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the provider has throttled the login',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        AUTH: '454 4.7.0 Too many login attempts, please try again later. d2e1a72fcca58-72514 - gsmtp',
      },
    },
  ],
  causes: ['auth.too-many-attempts'],
});

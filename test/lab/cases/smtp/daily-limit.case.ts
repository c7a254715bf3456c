import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the daily limit of the account is used up',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        MAIL: '550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.google.com/a/answer/166852 - gsmtp',
      },
    },
  ],
  causes: ['smtp.rate-limited'],
});

import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'the daily limit of messages at Gmail is used up',
  ...mailboxAt('gmail', {
    smtp: {
      MAIL: [
        '550-5.4.5 Daily user sending limit exceeded. For more information on Gmail',
        '550-5.4.5 sending limits go to',
        '550 5.4.5  https://support.google.com/a/answer/166852 d9443c01a7336-2a29f5cb4a1sm9 - gsmtp',
      ],
    },
  }),
  causes: ['smtp.rate-limited'],
});

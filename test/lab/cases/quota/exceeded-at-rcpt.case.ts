import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server says at RCPT that the mailbox is full',
  postfix: {
    submission: {
      smtpd_recipient_restrictions:
        'check_recipient_access static:{552 5.2.2 Quota exceeded (mailbox for user is full)}',
    },
  },
  causes: ['quota.exceeded'],
});

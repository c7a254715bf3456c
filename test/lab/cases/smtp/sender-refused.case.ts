import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the sender is refused, although it is the account itself',
  postfix: { submission: { smtpd_sender_restrictions: 'check_sender_access static:{550 5.1.8 Domain not found}' } },
  causes: ['smtp.sender-refused'],
});

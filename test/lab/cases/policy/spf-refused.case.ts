import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server refuses the sender over SPF, and the record does not list it',
  dns: { without: ['@ TXT'], add: ['@ TXT "v=spf1 ip4:203.0.113.12 -all"'] },
  postfix: {
    submission: {
      smtpd_recipient_restrictions:
        'check_sender_access static:{550 5.7.23 The message was rejected because of Sender Policy Framework violation}',
    },
  },
  causes: ['policy.spf-not-listed'],
});

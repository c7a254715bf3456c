import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the rules for bulk senders are not met: no DMARC',
  dns: { without: ['_dmarc'] },
  postfix: {
    submission: {
      smtpd_recipient_restrictions:
        'check_sender_access static:{550 5.7.515 Access denied, sending domain aozora.test does not meet the required authentication level. Spf= Pass , Dkim= Pass , DMARC= None}',
    },
  },
  causes: ['policy.bulk-sender-rules', 'policy.dmarc-missing'],
});

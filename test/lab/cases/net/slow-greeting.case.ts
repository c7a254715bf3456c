import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the greeting comes after seven seconds',
  postfix: {
    main: { smtpd_delay_reject: 'no' },
    submission: {
      smtpd_client_restrictions: 'sleep 7',
      smtpd_recipient_restrictions: 'permit_sasl_authenticated, reject',
    },
  },
  config: mail({ imap: undefined }),
  causes: ['net.slow-greeting'],
  severity: 'warning',
});

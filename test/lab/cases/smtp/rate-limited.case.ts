import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'another program has used up the messages per minute',
  postfix: {
    main: { smtpd_client_message_rate_limit: '2', smtpd_client_event_limit_exceptions: '' },
    submission: { smtpd_client_message_rate_limit: '2' },
  },
  holds: [
    {
      port: 25,
      tls: false,
      count: 1,
      lines: [
        'EHLO crm',
        'MAIL FROM:<a@partner.test>',
        'RSET',
        'MAIL FROM:<a@partner.test>',
        'RSET',
        'MAIL FROM:<a@partner.test>',
        'RSET',
      ],
    },
  ],
  config: mail({ smtp: smtp({ port: 25 }) }),
  causes: ['smtp.rate-limited'],
});

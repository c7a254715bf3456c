import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'a filter of OpenSMTPD turns this address away at the greeting',
  opensmtpd: {
    conf: [
      'table here { 203.0.113.1 }',
      'filter "no" phase connect match src <here> disconnect "554 5.7.1 No service for your address"',
    ],
    filter: '"no"',
  },
  config: mail({
    password: undefined,
    smtp: smtp({ port: 25, security: 'none' }),
    imap: imap({ password: '${MAIL_PASSWORD}' }),
    roundTrip: { enabled: true, timeout: '20s' },
  }),
  causes: ['smtp.greeting-refused'],
});

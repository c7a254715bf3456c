import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'a filter of OpenSMTPD refuses the sender',
  opensmtpd: {
    conf: [
      'table ours { "sales@aozora.test" }',
      'filter "no" phase mail-from match mail-from <ours> reject "550 5.7.1 Sender address rejected"',
    ],
    filter: '"no"',
  },
  config: mail({
    password: undefined,
    smtp: smtp({ port: 25, security: 'none' }),
    imap: imap({ password: '${MAIL_PASSWORD}' }),
    roundTrip: { enabled: true, timeout: '20s' },
  }),
  causes: ['smtp.sender-refused'],
});

import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'OpenSMTPD has no mailbox of that name (550 Invalid recipient)',
  opensmtpd: { mailboxes: ['info'] },
  config: mail({
    password: undefined,
    smtp: smtp({ port: 25, security: 'none' }),
    imap: imap({ password: '${MAIL_PASSWORD}' }),
    roundTrip: { enabled: true, timeout: '20s' },
  }),
  causes: ['smtp.recipient-refused'],
});

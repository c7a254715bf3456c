import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'OpenSMTPD takes hardly any message (max-message-size)',
  opensmtpd: { conf: ['smtp max-message-size "300"'] },
  config: mail({
    password: undefined,
    smtp: smtp({ port: 25, security: 'none' }),
    imap: imap({ password: '${MAIL_PASSWORD}' }),
    roundTrip: { enabled: true, timeout: '20s' },
  }),
  causes: ['smtp.message-too-large'],
});

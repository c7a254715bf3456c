import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'OpenSMTPD offers STARTTLS and cannot sign with its key',
  opensmtpd: { starttls: true },
  config: mail({ password: undefined, smtp: smtp({ port: 25 }), imap: imap({ password: '${MAIL_PASSWORD}' }) }),
  causes: ['tls.starttls-failed'],
});

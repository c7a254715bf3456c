import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM ends its lines with LF, and the server refuses them',
  postfix: { main: { smtpd_forbid_bare_newline: 'reject' } },
  holds: [
    {
      port: 465,
      tls: true,
      count: 1,
      lines: [
        'EHLO crm.aozora.test',
        'AUTH PLAIN {plain}',
        'MAIL FROM:<{user}>',
        'RCPT TO:<{user}>',
        'DATA',
        'Subject: offer\nFrom: {user}\n\nThe offer that you have asked for.\r\n.',
      ],
    },
  ],
  config: mail({ logs: ['{mail log}'] }),
  causes: ['smtp.bare-lf'],
});

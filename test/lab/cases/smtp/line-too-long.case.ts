import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM writes an HTML message in one line',
  // As Debian sets it up.
  exim: {
    acl: {
      data: [
        'deny message = maximum allowed line length is 998 octets, got $max_received_linelength',
        '     condition = ${if > {$max_received_linelength}{998}}',
      ],
    },
  },
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
        `Subject: offer\r\nFrom: {user}\r\n\r\n<p>${'The offer that you have asked for. '.repeat(40)}</p>\r\n.`,
      ],
    },
  ],
  config: mail({ logs: ['{mail log}'] }),
  causes: ['smtp.line-too-long'],
});

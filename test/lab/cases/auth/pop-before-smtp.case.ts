import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'sending needs a POP3 login first',
  dovecot: { ports: [995] },
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      insideTls: ['PIPELINING', '8BITMIME'],
      answers: { RCPT: '553 5.7.1 POP before SMTP: check your mail with POP3 first, then send within 30 minutes' },
    },
  ],
  config: mail({ imap: undefined, pop3: pop3() }),
  causes: ['auth.pop-before-smtp'],
});

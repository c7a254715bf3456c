import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'the mailbox was polled a moment ago',
  dovecot: { ports: [993] },
  scripted: [
    {
      protocol: 'pop3',
      port: 995,
      tls: 'tls',
      capabilities: ['TOP', 'UIDL', 'RESP-CODES', 'LOGIN-DELAY 900', 'USER', 'SASL PLAIN'],
      answers: { PASS: '-ERR [LOGIN-DELAY] minimum time between mail checks violation' },
    },
  ],
  config: mail({ imap: undefined, pop3: pop3() }),
  causes: ['pop3.login-delay'],
});

import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'the server has no UIDL',
  dovecot: { ports: [993] },
  scripted: [
    {
      protocol: 'pop3',
      port: 995,
      tls: 'tls',
      capabilities: ['TOP', 'RESP-CODES', 'USER', 'SASL PLAIN'],
      answers: { UIDL: '-ERR Unknown command.' },
    },
  ],
  config: mail({ imap: undefined, pop3: pop3() }),
  causes: ['pop3.no-uidl'],
  severity: 'warning',
});

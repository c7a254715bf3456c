import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'POP3 closes in the middle of the answer to STAT',
  dovecot: { ports: [993] },
  scripted: [{ protocol: 'pop3', port: 995, tls: 'tls', answers: { STAT: { raw: '+OK 1', end: 'close' } } }],
  config: mail({ imap: undefined, pop3: pop3() }),
  causes: ['*'],
  severity: 'any',
});

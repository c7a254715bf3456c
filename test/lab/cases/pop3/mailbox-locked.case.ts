import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'another session holds the mailbox',
  selection: true,
  dovecot: { ports: [993] },
  scripted: [
    {
      protocol: 'pop3',
      port: 995,
      tls: 'tls',
      answers: { PASS: '-ERR [IN-USE] Unable to lock maildrop: Mailbox is locked by POP server' },
    },
  ],
  config: mail({ imap: undefined, pop3: pop3() }),
  causes: ['pop3.mailbox-locked'],
});

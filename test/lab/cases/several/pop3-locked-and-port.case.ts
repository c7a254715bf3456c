import { defineCase, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'another session holds the mailbox for POP3, and the port for sending is wrong',
  dovecot: { ports: [993] },
  scripted: [
    {
      protocol: 'pop3',
      port: 995,
      tls: 'tls',
      answers: { PASS: '-ERR [IN-USE] Unable to lock maildrop: Mailbox is locked by POP server' },
    },
  ],
  config: mail({ imap: undefined, pop3: pop3(), smtp: smtp({ port: 2525 }) }),
  causes: ['pop3.mailbox-locked', 'config.wrong-port'],
});

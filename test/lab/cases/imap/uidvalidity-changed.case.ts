import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the mailbox was rebuilt since the last run, and its messages are numbered anew',
  dovecot: { messages: { count: 3, bytes: 300 } },
  rehearsed: true,
  dovecotLoses: ['Maildir/dovecot-uidlist', 'Maildir/dovecot.index.log'],
  causes: ['imap.uidvalidity-changed'],
  severity: 'warning',
});

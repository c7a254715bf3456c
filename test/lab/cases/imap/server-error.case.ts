import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the index of the mailbox is broken',
  dovecot: { ports: [995] },
  scripted: [
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      answers: {
        SELECT:
          'NO [SERVERBUG] Internal error occurred. Refer to server log for more information. [2026-11-24 10:00:00]',
      },
    },
  ],
  causes: ['imap.server-error'],
});

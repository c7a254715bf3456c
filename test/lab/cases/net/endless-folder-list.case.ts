import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the folder is missing, and the list of folders never ends',
  dovecot: { ports: [995] },
  scripted: [
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      answers: {
        SELECT: "NO [NONEXISTENT] Mailbox doesn't exist: CRM",
        LIST: { flood: 100_000_000, unit: '* LIST (\\HasNoChildren) "/" "folder"\r\n' },
      },
    },
  ],
  config: mail({ imap: imap({ folder: 'CRM' }) }),
  causes: ['*'],
  severity: 'any',
});

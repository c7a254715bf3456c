import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'Cyrus keeps every folder below INBOX, the configuration names it without',
  cyrus: { options: { autocreate_inbox_folders: 'CRM', autocreate_subscribe_folders: 'CRM' } },
  postfix: false,
  // The mailbox comes into being at its first login.
  holds: [{ port: 993, tls: true, count: 1, lines: ['a LOGIN {user} "{password}"'] }],
  config: mail({ smtp: undefined, imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing'],
  proof: [{ path: 'mail.imap.folder', to: 'INBOX.CRM' }],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the folder lies below INBOX.',
  selection: true,
  dovecot: { folders: ['CRM'], conf: ['namespace inbox {', '  prefix = INBOX.', '  separator = .', '}'] },
  config: mail({ imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing'],
  proof: [{ path: 'mail.imap.folder', to: 'INBOX.CRM' }],
});

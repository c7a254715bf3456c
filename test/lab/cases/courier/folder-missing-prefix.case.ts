import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'Courier keeps every folder below INBOX, the configuration names it without',
  selection: true,
  courier: { folders: ['CRM'] },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing'],
  proof: [{ path: 'mail.imap.folder', to: 'INBOX.CRM' }],
});

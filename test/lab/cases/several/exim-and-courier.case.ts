import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'Exim lets the login send as itself only, and Courier keeps every folder below INBOX',
  exim: {
    acl: {
      mail: [
        'deny authenticated = *',
        '     condition = ${if !eqi{$authenticated_id}{$sender_address}}',
        '     message = Sender address $sender_address is not owned by user $authenticated_id',
      ],
    },
  },
  courier: { folders: ['CRM'] },
  config: mail({ from: 'info@aozora.test', imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing', 'config.sender-mismatch'],
  proof: [{ path: 'mail.imap.folder', to: 'INBOX.CRM' }],
});

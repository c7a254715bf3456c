import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM fetches from a folder with a Japanese name (modified UTF-7)',
  dovecot: { folders: ['受注メール', '見積 & 請求'] },
  config: mail({ imap: imap({ folder: '受注メール' }) }),
  causes: [],
  healthy: true,
});

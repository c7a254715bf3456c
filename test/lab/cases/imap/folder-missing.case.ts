import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the folder that the CRM fetches from does not exist',
  dovecot: { folders: ['Archive'] },
  config: mail({ imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing'],
});

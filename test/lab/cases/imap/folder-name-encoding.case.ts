import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the folder is configured in the form that IMAP has on the wire',
  dovecot: { folders: ['受信'] },
  config: mail({ imap: imap({ folder: '&U9dP4Q-' }) }),
  causes: ['imap.folder-name-encoding'],
  proof: [{ path: 'mail.imap.folder', to: '受信' }],
});

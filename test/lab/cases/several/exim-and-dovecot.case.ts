import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'Exim is short of space, and the folder that the CRM fetches from is missing',
  exim: { main: { check_spool_space: '900000G' } },
  config: mail({ imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing', 'smtp.disk-full'],
});

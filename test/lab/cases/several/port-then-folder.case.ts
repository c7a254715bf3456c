import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a folder that is missing, behind a port that is wrong',
  config: mail({ imap: imap({ port: 144, security: 'starttls', folder: 'CRM' }) }),
  causes: ['config.wrong-port', 'imap.folder-missing'],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a folder that is missing, behind a login that has to be inside TLS',
  config: mail({ imap: imap({ port: 143, security: 'none', folder: 'CRM' }) }),
  causes: ['auth.requires-tls', 'imap.folder-missing'],
  proof: [{ path: 'mail.imap.security', to: 'starttls' }],
});

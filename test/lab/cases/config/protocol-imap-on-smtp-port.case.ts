import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the SMTP port was entered for IMAP',
  selection: true,
  config: mail({ imap: imap({ port: 587, security: 'starttls' }) }),
  causes: ['config.protocol-mismatch'],
  proof: [{ path: 'mail.imap.port', to: 993 }],
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'nothing listens on 993, IMAP answers on 143',
  dovecot: { ports: [143] },
  causes: ['config.wrong-port'],
  proof: [
    { path: 'mail.imap.port', to: 143 },
    { path: 'mail.imap.security', to: 'starttls' },
  ],
});

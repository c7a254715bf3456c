import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'IMAP is switched off for the account',
  dovecot: { ports: [995] },
  scripted: [
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      answers: {
        LOGIN:
          'NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable ' +
          'your account for IMAP access. (Failure)',
      },
    },
  ],
  causes: ['auth.protocol-disabled'],
  proof: [
    { path: 'mail.pop3.host', to: 'mail.aozora.test' },
    { path: 'mail.pop3.port', to: 995 },
  ],
});

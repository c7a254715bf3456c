import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the greeting comes a byte a second',
  slow: true,
  dovecot: { ports: [995] },
  scripted: [
    {
      protocol: 'imap',
      port: 143,
      tls: 'starttls',
      answers: { greeting: { say: '* OK IMAP4rev1 Service Ready', dripMs: 1000 } },
    },
  ],
  config: mail({ imap: imap({ port: 143, security: 'starttls' }) }),
  causes: ['net.no-greeting'],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a hundred megabytes without a line end in place of a greeting',
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 143, tls: 'starttls', answers: { greeting: { flood: 100_000_000 } } }],
  config: mail({ imap: imap({ port: 143, security: 'starttls' }) }),
  causes: ['*'],
  severity: 'any',
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the server takes the connection and never says a word',
  slow: true,
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 143, tls: 'starttls', answers: { greeting: {} } }],
  config: mail({ imap: imap({ port: 143, security: 'starttls' }) }),
  causes: ['net.no-greeting'],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: "the connection to the CRM's own host is cut in the middle: nothing stays behind there",
  slow: true,
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 143, tls: 'starttls', answers: { greeting: {} } }],
  config: mail({ imap: imap({ port: 143, security: 'starttls' }) }),
  crmHost: { cut: true },
  causes: ['net.no-greeting'],
  exitCode: 3,
  vantage: { status: 'unavailable', reason: 'broken' },
});

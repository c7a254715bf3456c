import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the connection is reset when the login comes',
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 993, tls: 'tls', answers: { LOGIN: { end: 'reset' } } }],
  causes: ['net.dropped-mid-session'],
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the connection is reset at the ClientHello, on every version',
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 993, tls: 'tls', handshake: 'reset' }],
  causes: ['tls.handshake-dropped'],
});

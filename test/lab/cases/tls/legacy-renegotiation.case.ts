import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server lacks secure renegotiation (RFC 5746), which OpenSSL 3 refuses',
  slow: true,
  dovecot: { ports: [995] },
  gnutls: { port: 993, priority: 'NORMAL:-VERS-TLS1.3:%DISABLE_SAFE_RENEGOTIATION' },
  causes: ['tls.legacy-renegotiation'],
  // GnuTLS's server speaks no IMAP.
  also: ['net.no-greeting'],
});

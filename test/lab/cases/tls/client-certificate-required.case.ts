import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server wants a client certificate',
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 993, tls: 'tls', tlsOptions: { clientCertificate: true } }],
  causes: ['tls.client-certificate-required'],
});

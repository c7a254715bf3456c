import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the server wants a client certificate, and the configured file holds one without its key',
  clientFiles: { 'client.pem': 'root' },
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 993, tls: 'tls', tlsOptions: { clientCertificate: true } }],
  config: mail({ clientCertificate: { cert: './client.pem' } }),
  causes: ['config.client-certificate-file'],
});

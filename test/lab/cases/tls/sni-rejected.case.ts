import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server answers the name with the alert unrecognized_name; another of its names works',
  certificates: { hosting: { names: ['sv1.aozora.test'] } },
  dns: { add: ['sv1 A 203.0.113.10'] },
  dovecot: { ports: [995] },
  scripted: [
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      certificate: 'hosting',
      tlsOptions: { refusesName: 'mail.aozora.test' },
    },
  ],
  causes: ['tls.sni-rejected'],
  proof: [{ path: 'mail.imap.host', to: 'sv1.aozora.test' }],
});

import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the certificate is for another name of the same server',
  selection: true,
  certificates: { server: { names: ['sv1.aozora.test'] } },
  dns: { add: ['sv1 A 203.0.113.10'] },
  config: mail({ smtp: undefined }),
  causes: ['tls.hostname-mismatch'],
  proof: [{ path: 'mail.imap.host', to: 'sv1.aozora.test' }],
});

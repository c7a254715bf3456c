import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'Dovecot shows the right certificate only to who sends a server name, and the CRM runs on PHP',
  certificates: { hosting: { names: ['sv1.hosting.test'] } },
  dovecot: {
    certificate: 'hosting',
    conf: ['local_name mail.aozora.test {', '  ssl_cert = <{chain:server}', '  ssl_key = <{key:server}', '}'],
  },
  config: mail({ as: 'php' }),
  causes: ['tls.sni-missing'],
  severity: 'warning',
});

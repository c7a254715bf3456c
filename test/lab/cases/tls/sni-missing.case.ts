import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the same, and the client of the CRM is known to send no server name',
  certificates: { hosting: { names: ['sv1.hosting.test'] } },
  dovecot: {
    certificate: 'hosting',
    conf: ['local_name mail.aozora.test {', '  ssl_cert = <{chain:server}', '  ssl_key = <{key:server}', '}'],
  },
  config: mail({ as: { runtime: 'php', sni: false } }),
  causes: ['tls.sni-missing'],
});

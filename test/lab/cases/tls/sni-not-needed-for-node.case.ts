import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the same two certificates, and a CRM on Node.js, which sends the name: nothing is wrong',
  certificates: { hosting: { names: ['sv1.hosting.test'] } },
  dovecot: {
    certificate: 'hosting',
    conf: ['local_name mail.aozora.test {', '  ssl_cert = <{chain:server}', '  ssl_key = <{key:server}', '}'],
  },
  config: mail({ as: 'node' }),
  causes: [],
  healthy: true,
});

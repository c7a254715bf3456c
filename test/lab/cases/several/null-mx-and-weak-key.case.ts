import { defineCase, mail, oldOpenssl } from '../../case.ts';

export default defineCase({
  title: 'the domain says that it takes no mail, and its server has a key of 1024 bits that PHP refuses',
  dns: { without: ['@ MX'], add: ['@ MX 0 .'] },
  certificates: { server: { key: 'rsa1024' } },
  dovecot: { openssl: oldOpenssl },
  postfix: { openssl: oldOpenssl },
  config: mail({ as: 'php' }),
  causes: ['tls.weak-key', 'dns.null-mx'],
});

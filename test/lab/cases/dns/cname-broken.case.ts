import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the host is an alias of a name that is gone',
  dovecot: false,
  postfix: false,
  dns: { without: ['mail', '@ MX'], add: ['@ MX 10 mx', 'mx A 203.0.113.12', 'imap CNAME old-provider'] },
  config: mail({ smtp: undefined, imap: imap({ host: 'imap.aozora.test' }) }),
  causes: ['dns.cname-broken'],
});

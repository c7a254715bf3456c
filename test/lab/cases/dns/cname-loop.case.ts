import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'two aliases point to each other',
  dovecot: false,
  postfix: false,
  dns: {
    without: ['mail', '@ MX'],
    add: ['@ MX 10 mx', 'mx A 203.0.113.12', 'imap CNAME imap2', 'imap2 CNAME imap'],
  },
  config: mail({ smtp: undefined, imap: imap({ host: 'imap.aozora.test' }) }),
  causes: ['dns.cname-broken'],
});

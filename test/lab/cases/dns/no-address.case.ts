import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the name exists, but has no address',
  dovecot: false,
  postfix: false,
  dns: { without: ['mail', '@ MX'], add: ['@ MX 10 mx', 'mx A 203.0.113.12', 'imap TXT "moved"'] },
  config: mail({ smtp: undefined, imap: imap({ host: 'imap.aozora.test' }) }),
  causes: ['dns.no-address'],
});

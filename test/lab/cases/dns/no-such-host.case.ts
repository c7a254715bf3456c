import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the host does not exist, and no other host of the domain serves IMAP',
  selection: true,
  dovecot: false,
  postfix: false,
  dns: { without: ['mail', '@ MX'], add: ['@ MX 10 mx', 'mx A 203.0.113.12'] },
  config: mail({ smtp: undefined, imap: imap({ host: 'imap.aozora.test' }) }),
  causes: ['dns.no-such-host'],
});

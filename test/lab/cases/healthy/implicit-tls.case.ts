import { defineCase, imap, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'TLS from the first byte on 465, 993 and 995',
  config: mail({ smtp: smtp({ port: 465, security: 'tls' }), imap: imap(), pop3: pop3() }),
  causes: [],
  healthy: true,
});

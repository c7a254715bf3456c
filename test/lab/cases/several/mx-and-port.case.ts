import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the MX points to a name that does not resolve, and the port for fetching is wrong',
  dns: { without: ['@ MX'], add: ['@ MX 10 gone'] },
  config: mail({ imap: imap({ port: 994 }) }),
  causes: ['dns.mx-unresolvable', 'config.wrong-port'],
});

import { autoconfigFile, wellKnownPath } from '../../autoconfig.ts';
import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the web server stands in place of the IMAP server, whose name is in a well-known file, on a port of its own',
  certificates: { server: { names: ['mail.aozora.test', 'aozora.test'] } },
  dns: { add: ['@ A 203.0.113.80'] },
  pages: { https: { [wellKnownPath]: autoconfigFile({ type: 'imap', port: 143, socketType: 'STARTTLS' }) } },
  firewall: { server: ['ip daddr 203.0.113.10 tcp dport 993 drop'] },
  config: mail({ smtp: undefined, imap: imap({ host: 'aozora.test', port: 143, security: 'starttls' }) }),
  causes: ['config.wrong-host'],
  proof: [{ path: 'mail.imap.host', to: 'mail.aozora.test' }],
});

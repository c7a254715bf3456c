import { autoconfigFile, autoconfigPath } from '../../autoconfig.ts';
import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a file that came in clear names a foreign server, which is neither asked nor believed',
  dns: {
    without: ['mail', '@ MX'],
    add: ['@ MX 10 mx', 'mx A 203.0.113.12', 'autoconfig A 203.0.113.80'],
    zones: { 'foreign.test': ['imap A 203.0.113.10'] },
  },
  certificates: { server: { names: ['imap.foreign.test'] }, web: { names: ['other.aozora.test'] } },
  pages: {
    certificate: 'web',
    http: {
      [autoconfigPath]: autoconfigFile({ type: 'imap', host: 'imap.foreign.test', port: 993, socketType: 'SSL' }),
    },
  },
  config: mail({ smtp: undefined, imap: imap({ host: 'imap.aozora.test' }) }),
  causes: ['dns.no-such-host'],
  exitCode: 1,
});

import { autoconfigFile, autoconfigPath } from '../../autoconfig.ts';
import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the former provider stands in the settings; only the autoconfig file names the new servers',
  selection: true,
  certificates: {
    server: { names: ['box7.aozora.test'] },
    web: { names: ['autoconfig.aozora.test'] },
  },
  dns: {
    without: ['mail', '@ MX'],
    add: ['box7 A 203.0.113.10', '@ MX 10 mx', 'mx A 203.0.113.12', 'autoconfig A 203.0.113.80'],
  },
  pages: {
    certificate: 'web',
    https: {
      [autoconfigPath]: autoconfigFile(
        { type: 'imap', host: 'box7.aozora.test', port: 993, socketType: 'SSL' },
        { type: 'smtp', host: 'box7.aozora.test', port: 587, socketType: 'STARTTLS' },
      ),
    },
  },
  config: mail({ smtp: smtp({ host: 'mail.old.test' }), imap: imap({ host: 'mail.old.test' }) }),
  causes: ['config.wrong-host'],
  proof: [
    { path: 'mail.imap.host', to: 'box7.aozora.test' },
    { path: 'mail.smtp.host', to: 'box7.aozora.test' },
  ],
});

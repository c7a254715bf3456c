import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'a typing error in the SMTP host; only the certificate of the IMAP host names the right one',
  certificates: { server: { names: ['imap.aozora.test', 'out7.aozora.test'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['out7 A 203.0.113.11', 'imap A 203.0.113.10', '@ MX 10 mx', 'mx A 203.0.113.12'],
  },
  postfix: { at: 'other' },
  config: mail({ smtp: smtp({ host: 'out9.aozora.test' }), imap: imap({ host: 'imap.aozora.test' }) }),
  causes: ['config.wrong-host'],
  proof: [{ path: 'mail.smtp.host', to: 'out7.aozora.test' }],
});

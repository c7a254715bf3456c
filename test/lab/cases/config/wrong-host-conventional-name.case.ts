import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'a typing error in the IMAP host; only the usual name leads to the right one',
  certificates: { server: { names: ['smtp.aozora.test', 'imap.aozora.test'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['smtp A 203.0.113.11', 'imap A 203.0.113.10', '@ MX 10 mx', 'mx A 203.0.113.12'],
  },
  postfix: { at: 'other' },
  config: mail({ smtp: smtp({ host: 'smtp.aozora.test' }), imap: imap({ host: 'iamp.aozora.test' }) }),
  causes: ['config.wrong-host'],
  proof: [{ path: 'mail.imap.host', to: 'imap.aozora.test' }],
});

import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the SMTP host was entered for IMAP; the two services live on two hosts',
  certificates: { server: { names: ['smtp.aozora.test', 'imap.aozora.test'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['smtp A 203.0.113.11', 'imap A 203.0.113.10', '@ MX 10 smtp'],
  },
  postfix: { at: 'other' },
  config: mail({ smtp: smtp({ host: 'smtp.aozora.test' }), imap: imap({ host: 'smtp.aozora.test' }) }),
  causes: ['config.protocol-mismatch'],
  proof: [{ path: 'mail.imap.host', to: 'imap.aozora.test' }],
});

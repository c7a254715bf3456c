import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the old server stands in the settings; the MX shows the provider, whose server takes the login',
  certificates: { server: { names: ['imap.lolipop.jp'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['@ MX 10 mx01.lolipop.jp.'],
    zones: { 'lolipop.jp': ['mx01 A 203.0.113.12', 'imap A 203.0.113.10'] },
  },
  config: mail({ smtp: undefined, imap: imap({ host: 'imap.old.test' }) }),
  causes: ['config.wrong-host'],
  proof: [{ path: 'mail.imap.host', to: 'imap.lolipop.jp' }],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a typing error in the IMAP host; the SRV records name the right one',
  selection: true,
  dns: { add: ['_imaps._tcp SRV 0 1 993 mail', '_submission._tcp SRV 0 1 587 mail'] },
  config: mail({ imap: imap({ host: 'imp.aozora.test' }) }),
  causes: ['config.wrong-host'],
  proof: [{ path: 'mail.imap.host', to: 'mail.aozora.test' }],
});

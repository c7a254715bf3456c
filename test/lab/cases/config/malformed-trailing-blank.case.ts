import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a blank after the IMAP host, as it comes with a paste',
  selection: true,
  config: mail({ imap: imap({ host: 'mail.aozora.test ' }) }),
  causes: ['config.malformed-value'],
  proof: [{ path: 'mail.imap.host', to: 'mail.aozora.test' }],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a URL in place of the IMAP host',
  config: mail({ imap: imap({ host: 'https://mail.aozora.test/' }) }),
  causes: ['config.malformed-value'],
  proof: [{ path: 'mail.imap.host', to: 'mail.aozora.test' }],
});

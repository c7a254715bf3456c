import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a folder that is missing, behind a host name with a typing error',
  dns: { add: ['_imaps._tcp SRV 0 1 993 mail'] },
  config: mail({ imap: imap({ host: 'imp.aozora.test', folder: 'CRM' }) }),
  causes: ['config.wrong-host', 'imap.folder-missing'],
  proof: [{ path: 'mail.imap.host', to: 'mail.aozora.test' }],
});

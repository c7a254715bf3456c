import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'a typing error in the SMTP host; the MX is the right one',
  config: mail({ imap: undefined, smtp: smtp({ host: 'smpt.aozora.test' }) }),
  causes: ['config.wrong-host'],
  proof: [{ path: 'mail.smtp.host', to: 'mail.aozora.test' }],
});

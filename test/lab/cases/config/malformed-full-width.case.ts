import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'full-width characters in the SMTP host',
  config: mail({ smtp: smtp({ host: 'ｍａｉｌ．aozora.test' }) }),
  causes: ['config.malformed-value'],
  proof: [{ path: 'mail.smtp.host', to: 'mail.aozora.test' }],
});

import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the web server was entered as SMTP host; it answers, but has no mail service',
  dns: { add: ['www A 203.0.113.11'] },
  config: mail({ smtp: smtp({ host: 'www.aozora.test' }) }),
  causes: ['config.wrong-host'],
  proof: [{ path: 'mail.smtp.host', to: 'mail.aozora.test' }],
});

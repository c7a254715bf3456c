import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the report in Japanese names the same cause and the same change',
  config: { ...mail({ smtp: smtp({ port: 578 }) }), language: 'ja' },
  causes: ['config.wrong-port'],
  proof: [{ path: 'mail.smtp.port', to: 587 }],
});

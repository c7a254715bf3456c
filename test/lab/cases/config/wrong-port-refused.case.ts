import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'port 578 instead of 587',
  selection: true,
  config: mail({ smtp: smtp({ port: 578 }) }),
  causes: ['config.wrong-port'],
  proof: [{ path: 'mail.smtp.port', to: 587 }],
});

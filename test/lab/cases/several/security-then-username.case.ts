import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the wrong encryption mode for sending, and a login that has to be the whole address everywhere',
  config: mail({ username: 'sales', smtp: smtp({ port: 587, security: 'tls' }) }),
  causes: ['config.security-mismatch', 'config.username-form'],
  proof: [{ path: 'mail.smtp.security', to: 'starttls' }],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'Courier knows the login without its domain only',
  courier: { users: ['sales'] },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap() }),
  causes: ['config.username-form'],
  proof: [{ path: 'mail.username', to: 'sales' }],
});

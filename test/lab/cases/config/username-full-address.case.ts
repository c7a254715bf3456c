import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the login is the whole address, the server wants the local part',
  dovecot: { users: ['sales'] },
  causes: ['config.username-form'],
  proof: [{ path: 'mail.username', to: 'sales' }],
});

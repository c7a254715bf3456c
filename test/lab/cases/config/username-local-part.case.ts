import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the login is the local part, the server wants the whole address',
  selection: true,
  config: mail({ username: 'sales' }),
  causes: ['config.username-form'],
  proof: [{ path: 'mail.username', to: 'sales@aozora.test' }],
});

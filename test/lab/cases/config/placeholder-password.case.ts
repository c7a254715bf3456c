import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the example password was left in',
  config: mail({ password: 'your-password' }),
  causes: ['config.placeholder'],
});

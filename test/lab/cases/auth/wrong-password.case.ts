import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'the password is wrong',
  selection: true,
  config: mail({ pop3: pop3() }),
  wrongPassword: true,
  causes: ['auth.wrong-credentials'],
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the servers answer, the password is wrong: nothing is written, and why is said',
  args: ['--password-env', 'MAIL_PASSWORD'],
  wrongPassword: true,
  init: { writes: [] },
  causes: ['auth.wrong-credentials'],
});

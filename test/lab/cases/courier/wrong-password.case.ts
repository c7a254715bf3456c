import { defineCase, imap, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'Courier refuses the password, over IMAP and POP3',
  courier: {},
  postfix: false,
  config: mail({ smtp: undefined, imap: imap(), pop3: pop3() }),
  wrongPassword: true,
  causes: ['auth.wrong-credentials'],
});

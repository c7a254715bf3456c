import { defineCase, imap, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'Cyrus refuses the password, over IMAP and POP3',
  cyrus: {},
  postfix: false,
  config: mail({ smtp: undefined, imap: imap(), pop3: pop3() }),
  wrongPassword: true,
  causes: ['auth.wrong-credentials'],
});

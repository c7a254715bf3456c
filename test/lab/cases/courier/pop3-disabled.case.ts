import { defineCase, imap, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'Courier has POP3 switched off for this account (disablepop3), IMAP works',
  courier: { options: 'disablepop3=1' },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap(), pop3: pop3() }),
  causes: ['auth.protocol-disabled'],
});

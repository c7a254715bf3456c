import { defineCase, imap, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'authdaemond does not run: Courier can check no password',
  courier: { auth: false },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap(), pop3: pop3() }),
  causes: ['auth.temporary-failure'],
});

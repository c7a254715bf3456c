import { defineCase, imap, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'saslauthd does not run: Cyrus can check no password',
  cyrus: { options: { sasl_pwcheck_method: 'saslauthd' } },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap(), pop3: pop3() }),
  causes: ['auth.temporary-failure'],
});

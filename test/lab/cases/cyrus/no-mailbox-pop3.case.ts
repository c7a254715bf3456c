import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'the login is known to Cyrus, its mailbox was never made, and the CRM fetches over POP3',
  cyrus: { options: { autocreate_users: 'nobody-at-all' } },
  postfix: false,
  config: mail({ smtp: undefined, imap: undefined, pop3: pop3() }),
  causes: ['mailbox.not-provisioned'],
});

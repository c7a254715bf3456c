import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the account exists at Courier, its Maildir was never made',
  courier: { withoutMaildir: true },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap() }),
  causes: ['mailbox.not-provisioned'],
});

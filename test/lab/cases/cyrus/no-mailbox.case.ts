import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the login is known to Cyrus, its mailbox was never made',
  cyrus: { options: { autocreate_quota: '-1' } },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap() }),
  causes: ['mailbox.not-provisioned'],
});

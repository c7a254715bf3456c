import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the mailbox at Courier is full (QUOTA)',
  courier: { quota: '35000S', messages: { count: 10, bytes: 3500 } },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap() }),
  causes: ['quota.exceeded'],
});

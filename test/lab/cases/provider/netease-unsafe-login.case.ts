import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'NetEase opens no folder for a program that has not named itself (ID)',
  ...mailboxAt('netease', {
    imap: { SELECT: 'NO SELECT Unsafe Login. Please contact kefu@188.com for help' },
  }),
  causes: ['imap.client-id-required'],
});

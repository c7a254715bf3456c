import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'other programs hold the fifteen connections that Gmail allows',
  ...mailboxAt('gmail', {
    imap: { LOGIN: 'NO [ALERT] Too many simultaneous connections. (Failure)' },
  }),
  causes: ['imap.too-many-connections'],
});

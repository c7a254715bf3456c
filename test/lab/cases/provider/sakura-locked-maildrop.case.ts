import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'another session holds the mailbox at Sakura',
  ...mailboxAt('sakura', {
    pop3: { PASS: '-ERR maillock: lock busy!  Is another session active?' },
  }),
  causes: ['pop3.mailbox-locked'],
});

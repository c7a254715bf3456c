import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'a mailbox at Xserver',
  ...mailboxAt('xserver'),
  causes: [],
  healthy: true,
});

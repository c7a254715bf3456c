import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'a mailbox at Gmail with an app password',
  ...mailboxAt('gmail'),
  causes: [],
  healthy: true,
});

import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'a mailbox at iCloud with an app-specific password',
  ...mailboxAt('icloud'),
  causes: [],
  healthy: true,
});

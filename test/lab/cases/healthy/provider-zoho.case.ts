import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'a mailbox at Zoho',
  ...mailboxAt('zoho'),
  causes: [],
  healthy: true,
});

import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'a mailbox at Yahoo! JAPAN with the part before the @ as login',
  ...mailboxAt('yahooJapan'),
  causes: [],
  healthy: true,
});

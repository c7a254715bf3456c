import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'Zoho has blocked outgoing mail of this account',
  ...mailboxAt('zoho', {
    smtp: { MAIL: '554 5.1.8 Email Outgoing Blocked.' },
  }),
  causes: ['policy.sender-restricted'],
});

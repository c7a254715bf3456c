import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'Zoho lets the login send as itself only (553 Relaying disallowed as)',
  ...mailboxAt('zoho', {
    smtp: { MAIL: '553 Relaying disallowed as sales@aozora.test' },
  }),
  causes: ['smtp.sender-not-owned'],
});

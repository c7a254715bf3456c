import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'IMAP access was never switched on at Zoho',
  ...mailboxAt('zoho', {
    imap: {
      LOGIN: 'NO [ALERT] You are yet to enable IMAP for your account. Please contact your administrator (Failure)',
    },
  }),
  causes: ['auth.protocol-disabled'],
});

import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'IMAP is switched off in the settings of Gmail',
  ...mailboxAt('gmail', {
    imap: {
      LOGIN:
        'NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)',
    },
  }),
  causes: ['auth.protocol-disabled'],
});

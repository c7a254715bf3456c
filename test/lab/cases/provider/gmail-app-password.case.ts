import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'Gmail is given the password of the account, and wants an app password',
  ...mailboxAt('gmail', {
    smtp: {
      AUTH: [
        '534-5.7.9 Application-specific password required. For more information, go to',
        '534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor d9443c01a7336-2a29f5cb4a1sm9 - gsmtp',
      ],
    },
    imap: {
      LOGIN:
        'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
    },
    pop3: {
      PASS: '-ERR [AUTH] Application-specific password required: https://support.google.com/accounts/answer/185833',
    },
  }),
  causes: ['auth.app-password-required'],
});

import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'Gmail takes neither user name nor password (BadCredentials)',
  ...mailboxAt('gmail', {
    smtp: {
      AUTH: [
        '535-5.7.8 Username and Password not accepted. For more information, go to',
        '535 5.7.8  https://support.google.com/mail/?p=BadCredentials d9443c01a7336-2a29f5cb4a1sm9 - gsmtp',
      ],
    },
    imap: { LOGIN: 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)' },
    pop3: { PASS: '-ERR [AUTH] Username and password not accepted.' },
  }),
  causes: ['auth.wrong-credentials'],
});

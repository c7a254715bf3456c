import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'Yahoo! JAPAN has access by other mail programs switched off',
  ...mailboxAt('yahooJapan', {
    smtp: { AUTH: '535 5.7.8 Error: external access is not allowed for this account' },
    imap: { LOGIN: 'NO [AUTHENTICATIONFAILED] External access is not allowed for this account' },
    pop3: { PASS: '-ERR [AUTH] External access is not allowed for this account' },
  }),
  causes: ['auth.external-access-off'],
});

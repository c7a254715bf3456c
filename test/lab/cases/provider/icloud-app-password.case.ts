import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'iCloud wants an app-specific password',
  ...mailboxAt('icloud', {
    smtp: { AUTH: '535 5.7.8 Error: authentication failed: application-specific password required' },
    imap: { LOGIN: 'NO [AUTHENTICATIONFAILED] Application-specific password required' },
  }),
  causes: ['auth.app-password-required'],
});

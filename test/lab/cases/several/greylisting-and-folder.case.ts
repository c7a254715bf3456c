import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'a folder that is missing, and a server that puts the first attempt off',
  postfix: {
    submission: {
      smtpd_recipient_restrictions:
        'check_recipient_access static:{450 4.2.0 Greylisted, please try again in 300 seconds}',
    },
  },
  config: mail({ imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing', 'smtp.greylisted'],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the sender of somebody else, and a folder that is missing',
  postfix: {
    main: { smtpd_sender_login_maps: 'texthash:{dir}/owners' },
    submission: { smtpd_sender_restrictions: 'reject_sender_login_mismatch' },
    files: { owners: 'info@aozora.test info@aozora.test\nsales@aozora.test sales@aozora.test\n' },
  },
  config: mail({ from: 'info@aozora.test', imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing', 'config.sender-mismatch'],
});

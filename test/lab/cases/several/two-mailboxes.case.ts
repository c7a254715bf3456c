import { defineCase, imap, mailboxes, smtp } from '../../case.ts';

export default defineCase({
  title: 'two mailboxes: one with a wrong port for sending, the other with a folder that is missing',
  dovecot: { users: ['sales@aozora.test', 'support@aozora.test'] },
  config: mailboxes(
    { name: 'sales', smtp: smtp({ port: 586 }) },
    { name: 'support', address: 'support@aozora.test', imap: imap({ folder: 'CRM' }) },
  ),
  causes: ['config.wrong-port', 'imap.folder-missing'],
});

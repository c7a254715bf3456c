import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'Cyrus is being worked on and says so when the folder is to be opened (BYE)',
  cyrus: { shutdown: 'System maintenance, back at 6 am' },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap() }),
  causes: ['imap.server-error'],
});

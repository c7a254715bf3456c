import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'Courier has IMAP switched off for this account (disableimap)',
  courier: { options: 'disableimap=1' },
  postfix: false,
  config: mail({ smtp: undefined, imap: imap() }),
  causes: ['auth.protocol-disabled'],
});

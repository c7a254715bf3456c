import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'IMAP has a login name of its own, in the wrong form',
  config: mail({ imap: imap({ username: 'sales' }) }),
  causes: ['config.username-form'],
  proof: [{ path: 'mail.imap.username', to: 'sales@aozora.test' }],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'SMTP sends from one mailbox, IMAP looks into another',
  slow: true,
  dovecot: { users: ['sales@aozora.test', 'support@aozora.test'] },
  config: mail({ imap: imap({ username: 'support@aozora.test' }), roundTrip: { enabled: true, timeout: '10s' } }),
  causes: ['deliver.other-mailbox'],
});

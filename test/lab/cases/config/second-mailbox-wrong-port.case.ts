import { defineCase, imap, mailboxes } from '../../case.ts';

export default defineCase({
  title: 'the second of two mailboxes has a wrong IMAP port',
  dovecot: { users: ['sales@aozora.test', 'support@aozora.test'] },
  config: mailboxes(
    { name: 'sales' },
    { name: 'support', address: 'support@aozora.test', imap: imap({ port: 994, security: 'tls' }) },
  ),
  causes: ['config.wrong-port'],
  proof: [{ path: 'mail[support].imap.port', to: 993 }],
});

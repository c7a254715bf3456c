import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'other programs hold every connection that the server allows',
  dovecot: { conf: ['protocol imap {', '  mail_max_userip_connections = 3', '}'] },
  holds: [{ port: 993, tls: true, count: 3, lines: ['a LOGIN {user} "{password}"'] }],
  causes: ['imap.too-many-connections'],
});

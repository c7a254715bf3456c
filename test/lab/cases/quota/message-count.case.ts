import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the mailbox holds as many messages as it may',
  dovecot: {
    messages: { count: 20, bytes: 300 },
    conf: [
      'mail_plugins = quota',
      'protocol imap {',
      '  mail_plugins = quota imap_quota',
      '}',
      'plugin {',
      '  quota = maildir:User quota',
      '  quota_rule = *:storage=100M:messages=20',
      '}',
    ],
  },
  causes: ['quota.message-count'],
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the mailbox is filled to more than nine tenths',
  dovecot: {
    messages: { count: 20, bytes: 48_600 },
    conf: [
      'mail_plugins = quota',
      'protocol imap {',
      '  mail_plugins = quota imap_quota',
      '}',
      'plugin {',
      '  quota = maildir:User quota',
      '  quota_rule = *:storage=1M',
      '}',
    ],
  },
  causes: ['quota.nearly-full'],
  severity: 'warning',
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the mailbox has room, and what all mailboxes of the company share is used up',
  dovecot: {
    messages: { count: 2, bytes: 10_000 },
    files: { company: 'priv/quota/messages\n900\npriv/quota/storage\n5242880\n' },
    conf: [
      'mail_plugins = quota',
      'protocol imap {',
      '  mail_plugins = quota imap_quota',
      '}',
      'plugin {',
      '  quota = maildir:User quota',
      '  quota_rule = *:storage=1M',
      '  quota2 = dict:Company quota:%d:file:{dir}/company',
      '  quota2_rule = *:storage=5M',
      '}',
    ],
  },
  causes: ['quota.plan-full'],
});

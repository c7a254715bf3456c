import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the domain says that it takes no mail, and the mailbox is full',
  dns: { without: ['@ MX'], add: ['@ MX 0 .'] },
  dovecot: {
    messages: { count: 22, bytes: 48_000 },
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
  causes: ['quota.exceeded', 'dns.null-mx'],
});

import { defineCase, imap, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'three: no TLS for sending, the mailbox is full, POP3 is switched off',
  postfix: { ports: [587], submission: { smtpd_tls_security_level: 'none' } },
  dovecot: {
    ports: [993],
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
  scripted: [
    {
      protocol: 'pop3',
      port: 995,
      tls: 'tls',
      answers: { PASS: '-ERR [SYS/PERM] Your account is not enabled for POP access.' },
    },
  ],
  config: mail({ smtp: smtp(), imap: imap(), pop3: pop3() }),
  causes: ['quota.exceeded', 'auth.protocol-disabled', 'tls.starttls-not-offered'],
  also: ['auth.requires-tls'],
});

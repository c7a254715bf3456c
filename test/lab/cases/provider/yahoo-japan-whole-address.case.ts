import { defineCase, mail } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

const mailbox = mailboxAt('yahooJapan', {}, ['smtp', 'imap']);

export default defineCase({
  title: 'Yahoo! JAPAN knows the login without its domain only',
  ...mailbox,
  config: mail({
    smtp: { host: 'smtp.mail.yahoo.co.jp', port: 465, security: 'tls' },
    imap: { host: 'imap.mail.yahoo.co.jp', port: 993, security: 'tls' },
  }),
  causes: ['config.username-form'],
  proof: [{ path: 'mail.username', to: 'sales' }],
});

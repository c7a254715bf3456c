import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the domain has no SPF record, and the server refuses its mail',
  dns: { without: ['@ TXT'] },
  postfix: {
    submission: {
      smtpd_recipient_restrictions: 'check_sender_access static:{550 5.7.27 SPF check failed for aozora.test}',
    },
  },
  config: mail({ imap: undefined }),
  causes: ['policy.spf-missing'],
});

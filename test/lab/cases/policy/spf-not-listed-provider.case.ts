import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'mail goes out through a provider that the SPF record does not name',
  certificates: { server: { names: ['smtp.office365.com', 'mail.aozora.test'] } },
  dns: {
    zones: {
      com: [],
      'office365.com': ['smtp A 203.0.113.10'],
      'outlook.com': ['spf.protection TXT "v=spf1 ip4:203.0.113.128/26 -all"'],
    },
  },
  config: mail({ smtp: smtp({ host: 'smtp.office365.com' }), imap: imap() }),
  causes: ['policy.spf-not-listed'],
  severity: 'warning',
});

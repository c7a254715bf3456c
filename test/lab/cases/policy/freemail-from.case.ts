import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM writes a free-mail address as the sender and sends it through its own server',
  dns: {
    zones: {
      jp: [],
      'co.jp': [],
      'yahoo.co.jp': ['@ TXT "v=spf1 ip4:203.0.113.128/26 ~all"', '_dmarc TXT "v=DMARC1; p=quarantine"'],
    },
  },
  config: mail({ from: 'aozora-sales@yahoo.co.jp' }),
  causes: ['policy.freemail-from'],
  severity: 'warning',
});

import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a server that searches in US-ASCII only',
  dovecot: { ports: [110, 143, 995], messages: { count: 1, bytes: 300 } },
  gateways: [
    {
      port: 993,
      to: 143,
      answers: [
        {
          line: 'SEARCH CHARSET UTF-8',
          say: 'NO [BADCHARSET (US-ASCII)] The specified charset is not supported.',
        },
      ],
    },
  ],
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['imap.search-unsupported'],
  severity: 'info',
});

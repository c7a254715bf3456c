import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'an answer to CAPABILITY that never ends',
  dovecot: { ports: [995] },
  scripted: [
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      answers: { greeting: '* OK ready', CAPABILITY: { flood: 100_000_000, unit: '* CAPABILITY IMAP4rev1 X-LAB\r\n' } },
    },
  ],
  causes: ['*'],
  severity: 'any',
});

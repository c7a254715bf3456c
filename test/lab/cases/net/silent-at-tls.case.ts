import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the port takes the ClientHello and never answers',
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 993, answers: { greeting: {} } }],
  causes: ['*'],
  severity: 'any',
});

import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server falls silent when the folder is opened',
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 993, tls: 'tls', answers: { SELECT: {} } }],
  causes: ['*'],
  severity: 'any',
});

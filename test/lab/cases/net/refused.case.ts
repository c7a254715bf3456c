import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the host is up, but no IMAP service listens on any standard port',
  selection: true,
  dovecot: { ports: [995] },
  causes: ['net.refused'],
});

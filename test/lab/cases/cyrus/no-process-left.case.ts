import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'other programs hold every process of Cyrus (maxchild): the connection is taken, and nobody speaks',
  cyrus: { maxchild: 2 },
  postfix: false,
  holds: [{ port: 143, tls: false, count: 2, lines: ['a NOOP'] }],
  config: mail({ smtp: undefined, imap: imap({ port: 143, security: 'starttls' }) }),
  causes: ['net.no-greeting'],
});

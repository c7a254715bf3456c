import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'every connection for IMAP is reset right after the handshake',
  firewall: { server: ['tcp dport { 143, 993 } tcp flags & (syn | ack) == ack reject with tcp reset'] },
  config: mail({ imap: imap({ port: 143, security: 'starttls' }) }),
  causes: ['net.reset'],
});

import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'another program answers where IMAP should, and IMAP answers nowhere',
  dovecot: { ports: [995] },
  scripted: [
    { protocol: 'imap', port: 143, answers: { greeting: { raw: 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n' } } },
  ],
  config: mail({ imap: imap({ port: 143, security: 'starttls' }) }),
  causes: ['config.protocol-mismatch'],
});

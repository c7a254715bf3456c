import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title:
    'a second to connect over IPv4, no way over IPv6, and a CRM on Node.js, which waits 250 ms for all but the last',
  dns: { add: ['mail AAAA 2001:db8:77::10'] },
  // The first SYN of each connection is lost; the kernel sends it again after a second.
  firewall: {
    server: [
      'tcp flags & (syn | ack) == syn meter first { ip saddr . tcp sport limit rate 1/minute burst 1 packets } drop',
    ],
  },
  config: mail({ as: 'node' }),
  causes: ['net.happy-eyeballs-too-short'],
  proof: [{ path: 'mail.family', to: 4 }],
});

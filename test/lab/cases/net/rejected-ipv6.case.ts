import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the firewall refuses IMAP aloud, in a network of IPv6 only',
  families: 'v6',
  firewall: { server: ['tcp dport { 143, 993 } reject with icmpx admin-prohibited'] },
  causes: ['net.rejected'],
});

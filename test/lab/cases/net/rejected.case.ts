import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the firewall refuses IMAP aloud (ICMP administratively prohibited)',
  selection: true,
  firewall: { server: ['tcp dport { 143, 993 } reject with icmpx admin-prohibited'] },
  causes: ['net.rejected'],
});
